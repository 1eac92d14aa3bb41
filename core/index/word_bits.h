// Which words of a search a text has: a bit each, by their places.
#pragma once

#include <cstddef>
#include <cstdint>

namespace gilir::index {

using WordBits = std::uint32_t;
inline constexpr std::size_t most_words = 32;

constexpr WordBits bit_of(std::size_t word) {
  return word < most_words ? WordBits{1} << word : 0;
}

}  // namespace gilir::index
