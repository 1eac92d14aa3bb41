// Random numbers that are the same on every machine for one seed (SplitMix64, Steele et al., OOPSLA 2014).
#pragma once

#include <cstdint>

namespace gilir::simulation {

class Chance {
 public:
  explicit Chance(std::uint64_t seed) : state_(seed) {}

  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  // first … last, both included.
  std::int64_t between(std::int64_t first, std::int64_t last) {
    return first + static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(last - first + 1));
  }
  bool percent(int chances) { return static_cast<int>(next() % 100) < chances; }

 private:
  std::uint64_t state_;
};

}  // namespace gilir::simulation
