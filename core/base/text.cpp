#include "core/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "core/base/joining_letters.h"
#include "core/base/wide_characters.h"

namespace gilir {
namespace {

constexpr char32_t replacement = 0xFFFD;

// Length of the well-formed sequence at `at`, or 0 (RFC 3629, table 3-7 of Unicode 15).
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t offset) -> unsigned {
    return at + offset < text.size() ? static_cast<unsigned char>(text[at + offset]) : 0u;
  };
  const auto continuation = [&](std::size_t offset, unsigned low = 0x80, unsigned high = 0xBF) {
    return byte(offset) >= low && byte(offset) <= high;
  };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return continuation(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const unsigned low = first == 0xE0 ? 0xA0 : 0x80;
    const unsigned high = first == 0xED ? 0x9F : 0xBF;
    return continuation(1, low, high) && continuation(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const unsigned low = first == 0xF0 ? 0x90 : 0x80;
    const unsigned high = first == 0xF4 ? 0x8F : 0xBF;
    return continuation(1, low, high) && continuation(2) && continuation(3) ? 4 : 0;
  }
  return 0;
}

// How much of the text from `at` on is ASCII that terminals just show, one column each. That is most of all text, so
// this loop is what showing a list costs.
std::size_t plain_length(std::string_view text, std::size_t at) {
  const auto end = std::find_if(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(),
                                [](char c) { return c < ' ' || c > '~'; });
  return static_cast<std::size_t>(end - text.begin()) - at;
}

// The ranges stand in order.
bool in_any(char32_t code_point, const auto& ranges) {
  const auto range = std::ranges::lower_bound(ranges, code_point, {}, [](const auto& one) { return one.second; });
  return range != ranges.end() && range->first <= code_point;
}

constexpr std::array<std::pair<char32_t, char32_t>, 16> combining_marks{{
    {0x0300, 0x036F},
    {0x0483, 0x0489},
    {0x0591, 0x05BD},
    {0x0610, 0x061A},
    {0x064B, 0x065F},
    {0x0E31, 0x0E31},
    {0x0E34, 0x0E3A},
    {0x0E47, 0x0E4E},
    {0x1AB0, 0x1AFF},
    {0x1DC0, 0x1DFF},
    {0x200B, 0x200F},
    {0x20D0, 0x20FF},
    {0x302A, 0x302F},
    {0x3099, 0x309A},
    {0xFE00, 0xFE0F},
    {0xFE20, 0xFE2F},
}};

constexpr std::array<std::pair<char32_t, char32_t>, 19> dangerous_characters{{
    {0x0000, 0x001F}, {0x007F, 0x009F},   {0x00AD, 0x00AD},   {0x034F, 0x034F},   {0x061C, 0x061C},
    {0x115F, 0x1160}, {0x17B4, 0x17B5},   {0x180E, 0x180E},   {0x200B, 0x200F},   {0x2028, 0x202E},
    {0x2060, 0x206F}, {0x2800, 0x2800},   {0x3164, 0x3164},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0},
    {0xFFF0, 0xFFFB}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
}};

void append_escaped(std::string& out, char32_t code_point) {
  if (code_point == '\n')
    out += "\\n";
  else if (code_point == '\t')
    out += "\\t";
  else if (code_point <= 0xFF)
    fmt::format_to(std::back_inserter(out), "\\x{:02x}", static_cast<unsigned>(code_point));
  else
    fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<unsigned>(code_point));
}

constexpr char32_t non_joiner = 0x200C;
constexpr char32_t joiner = 0x200D;
constexpr char32_t as_picture = 0xFE0F;

// Whether the (non-)joiner stands where writing needs it; elsewhere it is invisible and tells two texts apart that
// look alike.
bool belongs_between(char32_t before, char32_t mark, char32_t after) {
  if (is_dangerous(before) || is_dangerous(after)) return false;
  if (in_any(before, joining_letters) && in_any(after, joining_letters)) return true;
  return mark == joiner && in_any(before, joining_pictures) && in_any(after, joining_pictures);
}

std::string printable(std::string_view text, bool keep_lines) {
  std::string out;
  out.reserve(text.size());
  char32_t before = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (const auto plain = plain_length(text, at); plain > 0) {
      out += text.substr(at, plain);
      at += plain;
      before = static_cast<unsigned char>(text[at - 1]);
      continue;
    }
    const char32_t code_point = next_code_point(text, at);
    bool kept = !is_dangerous(code_point);
    if (!kept && keep_lines) kept = code_point == '\n' || code_point == '\t';
    if (!kept && (code_point == joiner || code_point == non_joiner) && at < text.size()) {
      auto next = at;
      kept = belongs_between(before, code_point, next_code_point(text, next));
    }
    if (kept)
      append_utf8(out, code_point);
    else
      append_escaped(out, code_point);
    if (code_point != as_picture) before = code_point;
  }
  return out;
}

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::size_t width_of(char32_t code_point) {
  // Most text is Latin.
  if (code_point < combining_marks.front().first) return 1;
  if (in_any(code_point, combining_marks)) return 0;
  return in_any(code_point, wide_characters) ? 2 : 1;
}

}  // namespace

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = sequence_length(text, at);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

char32_t next_code_point(std::string_view text, std::size_t& at) {
  // Most text is ASCII.
  if (static_cast<unsigned char>(text[at]) < 0x80) return static_cast<unsigned char>(text[at++]);
  const std::size_t length = sequence_length(text, at);
  if (length == 0) {
    ++at;
    return replacement;
  }
  constexpr std::array<unsigned, 5> lead_mask{0, 0x7F, 0x1F, 0x0F, 0x07};
  char32_t code_point = static_cast<unsigned char>(text[at]) & lead_mask[length];
  for (std::size_t offset = 1; offset < length; ++offset) {
    code_point = (code_point << 6) | (static_cast<unsigned char>(text[at + offset]) & 0x3Fu);
  }
  at += length;
  return code_point;
}

void append_utf8(std::string& out, char32_t code_point) {
  const auto put = [&](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0 | (code_point >> 6));
    put(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    put(0xE0 | (code_point >> 12));
    put(0x80 | ((code_point >> 6) & 0x3F));
    put(0x80 | (code_point & 0x3F));
  } else {
    put(0xF0 | (code_point >> 18));
    put(0x80 | ((code_point >> 12) & 0x3F));
    put(0x80 | ((code_point >> 6) & 0x3F));
    put(0x80 | (code_point & 0x3F));
  }
}

std::string replace_invalid_utf8(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) append_utf8(out, next_code_point(text, at));
  return out;
}

bool is_storable(std::string_view text) {
  return text.find('\0') == std::string_view::npos && is_utf8(text);
}

std::string storable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char32_t code_point = next_code_point(text, at);
    append_utf8(out, code_point == 0 ? replacement : code_point);
  }
  return out;
}

bool is_dangerous(char32_t code_point) {
  if (code_point >= ' ' && code_point <= '~') return false;
  return in_any(code_point, dangerous_characters);
}

std::string printable_line(std::string_view text) {
  return printable(text, false);
}
std::string printable_text(std::string_view text) {
  return printable(text, true);
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto plain = plain_length(text, at);
    width += plain;
    at += plain;
    if (at < text.size()) width += width_of(next_code_point(text, at));
  }
  return width;
}

std::string cut_to_width(std::string_view text, std::size_t columns) {
  if (display_width(text) <= columns) return std::string(text);
  if (columns == 0) return {};
  std::size_t width = 0;
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    width += width_of(next_code_point(text, at));
    if (width > columns - 1) break;
    end = at;
  }
  auto kept = text.substr(0, end);
  // With nothing behind it a joiner would be shown escaped, which has no room.
  while (kept.ends_with("\u200c") || kept.ends_with("\u200d")) kept.remove_suffix(3);
  return std::string(kept) + "…";
}

bool is_name(std::string_view text) {
  if (text.empty() || text.size() > max_name_bytes || !is_letter_or_digit(text.front())) return false;
  return std::ranges::all_of(text, [](char c) { return is_letter_or_digit(c) || c == '.' || c == '_' || c == '-'; });
}

bool is_host(std::string_view text) {
  if (text.empty() || text.size() > 253 || text.front() == '-') return false;
  return std::ranges::all_of(
      text, [](char c) { return is_letter_or_digit(c) || c == '.' || c == '_' || c == '-' || c == ':' || c == '%'; });
}

bool is_user(std::string_view text) {
  if (text.empty() || text.size() > max_user_bytes || text.front() == '-') return false;
  // Bytes that are no text arrive as U+FFFD; nobody is called that.
  if (text.find("\uFFFD") != std::string_view::npos) return false;
  return is_utf8(text) && printable_line(text) == text && trimmed(text) == text;
}

std::string ascii_lower(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered) c = lower(c);
  return lowered;
}

std::string fold_case(std::string_view text) {
  if (std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; })) return ascii_lower(text);
  std::string folded;
  folded.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) < 0x80) {
      folded += lower(text[at++]);
      continue;
    }
    char32_t c = next_code_point(text, at);
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F)) {
      c += 0x20;
    } else if (c >= 0x400 && c <= 0x40F) {
      c += 0x50;
    } else if (c >= 0x100 && c <= 0x17F && c != 0x130 && c != 0x131 && c != 0x138 && c != 0x149 && c != 0x178 &&
               c != 0x17F) {
      const bool upper_is_odd = (c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E);
      if (upper_is_odd == (c % 2 == 1)) ++c;
    }
    append_utf8(folded, c);
  }
  return folded;
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

}  // namespace gilir
