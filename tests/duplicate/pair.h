// Pairs of tickets as they come in, and what a person would say of them.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/duplicate/verdict.h"

namespace gilir::duplicate {

inline constexpr WallTime nine_o_clock{std::chrono::sys_days{std::chrono::year{2026} / 11 / 23} +
                                       std::chrono::hours{9}};

// A ticket of office kantor-123 about its server of the same name, filed by Budi, unless told otherwise.
struct Filed {
  std::string title;
  std::string body{};
  std::string reporter = "budi";
  std::string office = "kantor-123";
  std::string server = "kantor-123";
  std::string category{};
  bool open = true;
  std::size_t merged_before = 0;
};

struct Pair {
  std::string says;  // what the case is about
  Filed older;
  Filed newer;
  Seconds apart;
  Strength expected;
};

const std::vector<Pair>& indonesian_pairs();
const std::vector<Pair>& english_pairs();

// What a desk with `tickets` tickets finds when `newer` is filed this long after `older`, which is its best candidate.
// Of the terms, everyday words are frequent there, all others stand in these two tickets and one more.
struct Compared {
  FeatureVector features;
  Verdict verdict;
};
Compared compare(const Filed& newer, const Filed& older, Seconds apart, std::int64_t tickets = 20'000);

}  // namespace gilir::duplicate
