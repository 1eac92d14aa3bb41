// A ticket as the search for duplicates sees it. Features are computed once for each ticket and then
// compared with many. Pure; never throws but bad_alloc; bounded for text of any size.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/base/clock.h"
#include "core/duplicate/terms.h"

namespace gilir::duplicate {

// Empty text means unknown: it is neither the same as anything nor different from it.
struct Subject {
  std::string title{};
  std::string body{};
  std::string reporter{};
  std::string office{};
  std::string server{};
  std::string category{};
  WallTime filed{};
  // Somebody is still to work on it. Of an older ticket only; the newer one's is not looked at.
  bool open = true;
};

// How often each run of four bytes stands in a title; sorted by run.
using Grams = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

struct Features {
  std::vector<Word> title;
  std::vector<Word> body;  // sorted by term
  // Sorted terms, those of compounds' parts included.
  std::vector<std::string> title_terms;
  std::vector<std::string> all_terms;
  // Sorted terms of the reporter's, office's and server's names. That two tickets of one office both write
  // its name says nothing about what is broken there.
  std::vector<std::string> circumstances;
  Grams title_grams;
  std::string plain_title;  // folded, blanks and punctuation as one blank: equal when resent verbatim
  std::string plain_body;
  std::string reporter;  // names folded, without blanks around them
  std::string office;
  std::string server;
  std::string category;
  WallTime filed{};
  bool open = true;
};

Features features_of(const Subject& subject);

// For the sorted lists above.
bool contains(const std::vector<std::string>& sorted_terms, const std::string& term);

}  // namespace gilir::duplicate
