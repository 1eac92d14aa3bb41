#include "core/index/normal_form.h"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <new>

#include "core/base/text.h"

namespace gilir::index {
namespace {

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

std::string normal_form(std::string_view text) {
  // Most words are ASCII.
  if (is_ascii(text)) return ascii_lower(text);
  constexpr auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
                                                          UTF8PROC_CASEFOLD | UTF8PROC_IGNORE);
  const auto whole = storable(text);
  utf8proc_uint8_t* mapped = nullptr;
  const auto length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(whole.data()),
                                   static_cast<utf8proc_ssize_t>(whole.size()), &mapped, options);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  if (length == UTF8PROC_ERROR_NOMEM) throw std::bad_alloc();
  if (length < 0) return whole;
  return {reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(length)};
}

bool is_word_character(char32_t c) {
  if (c < 0x80) return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  const auto category = utf8proc_category(static_cast<utf8proc_int32_t>(c));
  return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

bool is_unspaced(char32_t c) {
  if (c < 0x0E00) return false;
  if (c <= 0x0EFF || (c >= 0x1000 && c <= 0x109F) || (c >= 0x1780 && c <= 0x17FF)) return true;
  if (c < 0x2E80) return c >= 0x1100 && c <= 0x11FF;
  return c <= 0xA4CF || (c >= 0xA960 && c <= 0xA97F) || (c >= 0xAC00 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0xFF66 && c <= 0xFFDC) || (c >= 0x1B000 && c <= 0x1B2FF) || (c >= 0x20000 && c <= 0x3FFFF);
}

bool is_ignorable(char32_t c) {
  return c >= 0x80 && (c == 0xAD || utf8proc_get_property(static_cast<utf8proc_int32_t>(c))->ignorable);
}

char joiner(char32_t c) {
  switch (c) {
    case '-':
    case '_':
    case '.':
    case '/':
    case ':':
      return static_cast<char>(c);
    case 0x2010:
    case 0x2011:
    case 0xFF0D:
    case 0xFE63:
      return '-';
    case 0xFF3F:
      return '_';
    case 0xFF0E:
      return '.';
    case 0xFF0F:
      return '/';
    case 0xFF1A:
      return ':';
    default:
      return 0;
  }
}

}  // namespace gilir::index
