// Pairs of tickets as they come in, and what a person would say of them.
#pragma once

#include <chrono>
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
  std::string reporter = "Budi";
  std::string office = "kantor-123";
  std::string server = "kantor-123";
  std::string category{};
  bool open = true;

  Subject at(WallTime time) const { return {title, body, reporter, office, server, category, time, open}; }
};

struct Pair {
  std::string says;  // what the case is about
  Filed older;
  Filed newer;
  Seconds apart;
  Strength expected;
};

// What a desk with `tickets` tickets would know of the terms of both: everyday words are frequent, all
// others stand in these two tickets and one more.
TermFrequencies frequencies_for(const Subject& one, const Subject& other, std::int64_t tickets);

const std::vector<Pair>& indonesian_pairs();
const std::vector<Pair>& english_pairs();

}  // namespace gilir::duplicate
