// What the value of an option or an argument is, so that completion can offer values that exist.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "core/base/describe.h"

namespace gilir::cli {

enum class Completes {
  // As its name in help says: TICKET, SERVER, AGENT, REPORTER, OFFICE, CATEGORY, FILE, DIR; --ticket N too.
  by_name,
  nothing,
  ticket,
  server,
  agent,
  reporter,
  office,
  category,
  file,
  directory,
  command,  // a noun, or a noun and its verb
  shell,    // whose completion gilir has
};

// The public names of an enum, for OptionSpec::choices.
template <DescribedEnum E>
inline constexpr auto enum_choices = [] {
  std::array<std::string_view, boost::mp11::mp_size<boost::describe::describe_enumerators<E>>::value> names{};
  std::size_t at = 0;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
      [&](auto enumerator) { names[at++] = public_name(enumerator.name); });
  return names;
}();

}  // namespace gilir::cli
