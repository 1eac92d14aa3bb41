#include "core/base/name_key.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <new>

#include "core/base/text.h"

namespace gilir {
namespace {

constexpr auto with_marks = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
                                                           UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
constexpr auto without_marks = static_cast<utf8proc_option_t>(with_marks | UTF8PROC_STRIPMARK);

std::string folded(const std::string& text, utf8proc_option_t options) {
  utf8proc_uint8_t* mapped = nullptr;
  const auto length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                   static_cast<utf8proc_ssize_t>(text.size()), &mapped, options);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  if (length == UTF8PROC_ERROR_NOMEM) throw std::bad_alloc();
  if (length < 0) return text;
  return {reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(length)};
}

std::string with_single_blanks(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank)
      result += c;
    else if (!result.empty() && result.back() != ' ')
      result += ' ';
  }
  if (result.ends_with(' ')) result.pop_back();
  return result;
}

std::string key(std::string_view name, utf8proc_option_t options) {
  // Most names are ASCII.
  const bool ascii = std::ranges::all_of(name, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  auto key = with_single_blanks(ascii ? ascii_lower(name) : folded(storable(name), options));
  // Made of invisible characters alone: itself, so that it is not the same as nothing.
  return key.empty() ? std::string(trimmed(name)) : key;
}

}  // namespace

std::string name_key(std::string_view name) {
  return key(name, with_marks);
}

std::string bare_name_key(std::string_view name) {
  return key(name, without_marks);
}

}  // namespace gilir
