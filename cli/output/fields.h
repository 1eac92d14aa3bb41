// The public field names of a described struct, and writing only some of them.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"

namespace gilir::cli {

// Names of T's members as JSON shows them, for CommandSpec::fields: `.fields = field_names<Ticket>`.
template <Described T>
inline constexpr auto field_names = [] {
  constexpr std::size_t count = boost::mp11::mp_size<
      boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>>::value;
  std::array<std::string_view, count> names{};
  std::size_t at = 0;
  for_each_member<T>([&](std::string_view name, auto) { names[at++] = name; });
  return names;
}();

// `value` with only `fields`, in that order; all of it when `fields` is empty. Rows of a list are picked from
// one by one. Unknown names are refused earlier, when the command line is read.
template <class T>
void write_picked(std::string& out, const T& value, std::span<const std::string> fields) {
  if (fields.empty()) {
    write_json(out, value);
  } else if constexpr (is_vector<T>) {
    out += '[';
    bool first = true;
    for (const auto& element : value) {
      if (!first) out += ',';
      first = false;
      write_picked(out, element, fields);
    }
    out += ']';
  } else if constexpr (Described<T>) {
    out += '{';
    bool first = true;
    for (const auto& field : fields) {
      for_each_member<T>([&](std::string_view name, auto pointer) {
        if (name != field) return;
        if (!first) out += ',';
        first = false;
        write_json_string(out, name);
        out += ':';
        write_json(out, value.*pointer);
      });
    }
    out += '}';
  } else {
    write_json(out, value);
  }
}

}  // namespace gilir::cli
