// Sums of what some terms weigh in texts whose numbers lie near each other.
//
// A window is visited once and forgotten. It is small: it stays in the processor's near memory, and memory that a
// command uses for the first time costs more than to begin another window.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/index/word_bits.h"

namespace gilir::index {

inline constexpr std::int64_t window_texts = 4'096;
inline constexpr std::size_t touched_bits = 64;

// Sums are whole numbers of this part of one, so that they do not depend on the order in which they are added up: what
// is found is the same whatever was merged when.
using Weight = std::uint32_t;
inline constexpr float weight_one = 4'096;
constexpr double plain(Weight weight) {
  return static_cast<double>(weight) / weight_one;
}

// What a text with all words of a search weighs more: no sum without it comes near.
inline constexpr Weight with_all_words = Weight{1} << 30;

// The sums of a window, and which of them were added to: of many terms, few texts of a window have any.
struct Window {
  std::int64_t first = 0;
  std::array<Weight, window_texts> sums{};
  std::array<std::uint64_t, window_texts / touched_bits> touched{};
  std::vector<WordBits> words = {};  // of each sum, where it is asked for

  void add(std::size_t place, Weight weight) {
    sums[place] += weight;
    touched[place / touched_bits] |= std::uint64_t{1} << place % touched_bits;
  }
};

}  // namespace gilir::index
