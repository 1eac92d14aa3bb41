// A fixed set of words, made by the compiler, in which most words are found with one look: the terms of hundreds of
// texts are asked for each new ticket.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace gilir::duplicate {

template <std::size_t count>
class WordSet {
 public:
  consteval explicit WordSet(const std::array<std::string_view, count>& words) : words_(words) {
    for (std::size_t word = 0; word < count; ++word) {
      auto at = place_of(words[word]);
      while (slots_[at] != 0) at = (at + 1) % slot_count;
      slots_[at] = static_cast<std::uint16_t>(word + 1);
    }
  }

  constexpr bool contains(std::string_view word) const {
    if (word.empty()) return false;
    for (auto at = place_of(word); slots_[at] != 0; at = (at + 1) % slot_count) {
      if (words_[slots_[at] - 1u] == word) return true;
    }
    return false;
  }

 private:
  static constexpr std::size_t slot_count = 4 * std::bit_ceil(count);

  static constexpr std::size_t place_of(std::string_view word) {
    const auto letter = [&](std::size_t at) {
      return static_cast<std::uint32_t>(static_cast<unsigned char>(word[at]));
    };
    const auto some = letter(0) | letter(word.size() / 2) << 8 | letter(word.size() - 1) << 16 |
                      static_cast<std::uint32_t>(word.size()) << 24;
    return (some * 0x9E37'79B1u >> 16) % slot_count;
  }

  std::array<std::string_view, count> words_;
  std::array<std::uint16_t, slot_count> slots_{};
};

}  // namespace gilir::duplicate
