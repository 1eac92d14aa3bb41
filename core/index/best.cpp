#include "core/index/best.h"

#include <algorithm>
#include <utility>

namespace gilir::index {

void Best::offer(std::int64_t number, Weight weight, WordBits words) {
  if (most_ == 0) return;
  kept_.push_back({number, weight, words});
  if (kept_.size() < 2 * most_) return;
  drop_lighter();
  least_ = kept_.back().weight;
}

// The last one of those that stay is the lightest.
void Best::drop_lighter() {
  if (kept_.size() <= most_) return;
  const auto last = kept_.begin() + static_cast<std::ptrdiff_t>(most_) - 1;
  std::nth_element(kept_.begin(), last, kept_.end());
  kept_.resize(most_);
}

std::span<const Best::One> Best::next(std::size_t count) {
  drop_lighter();
  count = std::min(count, left());
  const auto begin = kept_.begin() + static_cast<std::ptrdiff_t>(given_);
  std::partial_sort(begin, begin + static_cast<std::ptrdiff_t>(count), kept_.end());
  return std::span<const One>(kept_).subspan(std::exchange(given_, given_ + count), count);
}

}  // namespace gilir::index
