// The heaviest texts of a walk.
#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "core/index/walk.h"

namespace gilir::index {

// The heaviest of what it is given, the newer one of equals.
class Best {
 public:
  struct One {
    std::int64_t number = 0;
    Weight weight = 0;
    WordBits words = 0;
    // Heavier, or newer.
    bool operator<(const One& other) const {
      return weight != other.weight ? weight > other.weight : number > other.number;
    }
  };
  explicit Best(std::size_t most) : most_(most) { kept_.reserve(2 * most + 1); }

  // What is lighter need not be offered.
  const Weight& least() const { return least_; }
  void offer(std::int64_t number, Weight weight, WordBits words = 0);
  // Best first, after all were offered: those that come next in order, at most `count`. Valid until the next call.
  std::span<const One> next(std::size_t count);
  // How many are kept that next() has not given yet.
  std::size_t left() const { return std::min(most_, kept_.size()) - given_; }

 private:
  void drop_lighter();

  std::size_t most_;
  Weight least_ = 0;
  std::vector<One> kept_;
  std::size_t given_ = 0;
};

}  // namespace gilir::index
