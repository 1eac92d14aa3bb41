// The runs of four letters of a title: how alike two titles are spelt, whatever their words. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace gilir::duplicate {

class LetterRuns {
 public:
  // Of the words of the title's beginning, in lower case, with one blank between them and at both ends.
  explicit LetterRuns(std::string_view title);

  // With another title's, from 0 to 1.
  double cosine(std::string_view title) const;

 private:
  // False when it was there.
  bool add(std::uint32_t run);
  bool has(std::uint32_t run) const { return slots_[place_of(run)] != 0; }
  // Of the run, or else the free one for it. There are at most half as many as slots.
  std::size_t place_of(std::uint32_t run) const;

  LetterRuns() = default;

  static constexpr std::size_t slot_count = 1'024;
  std::array<std::uint32_t, slot_count> slots_{};  // 0 is a free one
  std::size_t size_ = 0;
};

}  // namespace gilir::duplicate
