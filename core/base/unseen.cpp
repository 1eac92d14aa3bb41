#include "core/base/unseen.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/text.h"

namespace gilir {
namespace {

// What takes room at most: blanks, and marks that choose how the character in front of them is drawn.
constexpr std::array<std::pair<char32_t, char32_t>, 11> unseen_characters{{
    {0x0009, 0x000A},
    {0x000D, 0x000D},
    {0x0020, 0x0020},
    {0x00A0, 0x00A0},
    {0x1680, 0x1680},
    {0x180B, 0x180F},
    {0x2000, 0x200A},
    {0x202F, 0x202F},
    {0x205F, 0x205F},
    {0x3000, 0x3000},
    {0xFE00, 0xFE0F},
}};

bool is_unseen(char32_t code_point) {
  if (is_dangerous(code_point)) return true;
  return std::ranges::any_of(
      unseen_characters, [&](const auto& range) { return range.first <= code_point && code_point <= range.second; });
}

}  // namespace

bool shows_nothing(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (!is_unseen(next_code_point(text, at))) return false;
  }
  return true;
}

}  // namespace gilir
