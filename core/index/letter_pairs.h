// Words by their first two letters, by which most of them are told from what is looked for.
#pragma once

#include <bitset>
#include <cstddef>
#include <optional>
#include <string_view>

namespace gilir::index {

using LetterPairs = std::bitset<26 * 26>;

// None when the word has fewer, or begins with anything else than two small letters.
constexpr std::optional<std::size_t> letter_pair(std::string_view word) {
  const auto is_small = [](char c) { return c >= 'a' && c <= 'z'; };
  if (word.size() < 2 || !is_small(word[0]) || !is_small(word[1])) return std::nullopt;
  return static_cast<std::size_t>(word[0] - 'a') * 26 + static_cast<std::size_t>(word[1] - 'a');
}

}  // namespace gilir::index
