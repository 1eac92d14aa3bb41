// The first eight bytes of a word as one number, which tells most words apart in one comparison: of two words the one
// that is less never has the greater number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace gilir::index {

constexpr std::uint64_t packed_word(std::string_view word) {
  std::uint64_t packed = 0;
  for (std::size_t at = 0; at < 8; ++at)
    packed = (packed << 8) | (at < word.size() ? static_cast<unsigned char>(word[at]) : 0u);
  return packed;
}

}  // namespace gilir::index
