// How a new ticket compares with an older one, as a few numbers that can be explained. Nothing here reads a body: both
// sides are the terms stored at filing and the title. Pure; never throws but bad_alloc.
//
// Calling sequence: one Newer for the new ticket, then compare() with each candidate, score() (score.h) to rank
// them, and judge() (verdict.h) for the few that are shown.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/describe.h"
#include "core/index/terms.h"

namespace gilir::duplicate {

// A ticket as it is compared. What it points to has to outlive it. Names are keys (see name_key()): equal when they
// mean the same; empty means unknown, which is neither the same as anything nor different from it.
struct Side {
  const index::TextTerms& terms;
  std::string_view title{};
  std::string_view reporter{};
  std::string_view office{};
  std::string_view server{};
  std::string_view category{};
  WallTime filed{};
  // Of the older ticket only: when it was finished, empty while it is open; and how many tickets were merged into it.
  std::optional<WallTime> finished{};
  std::size_t merged_before = 0;
};

// How many tickets the desk has, and how many of them have each of the newer ticket's terms, in the order of its
// TextTerms. The ticket itself may be counted or not.
struct Rarity {
  std::int64_t tickets = 0;
  std::vector<std::int64_t> tickets_with;
};

// Shares and cosines run from 0 to 1. Each is 0 when nothing is known. How much each one counts stands in weights.h.
struct FeatureVector {
  double new_title_in_old = 0;  // share of the new title's weight (by rarity, squared) that the older ticket has
  double old_title_in_new = 0;  // share of the older title's weight that the new ticket has
  double title_letters = 0;     // cosine of the titles' runs of four letters
  double texts = 0;             // cosine of all terms, those of titles five times as heavy, each saturated (as BM25F)
  double rarest_shared = 0;     // how rare the rarest shared term is; 1: nobody else has it
  double relative = 0;          // weight of all shared terms, against the best candidate's
  double other_category = 0;    // 1: both known and different
  double age = 0;               // ln(1 + days) since the older one was filed
  double finished_for = 0;      // ln(1 + days) since it was finished, 0 while it is open
  double merged_before = 0;     // ln(1 + tickets merged into it)
  double same_reporter = 0;     // 1 or 0, as all below
  double same_office = 0;
  double same_server = 0;
  double other_server = 0;
  double same_hour =
      0;  // 1 when filed at once, half after an hour, nothing when neither reporter nor place is the same
};
BOOST_DESCRIBE_STRUCT(FeatureVector, (),
                      (new_title_in_old, old_title_in_new, title_letters, texts, rarest_shared, relative,
                       other_category, age, finished_for, merged_before, same_reporter, same_office, same_server,
                       other_server, same_hour))

// Terms that say where a ticket comes from: of the names of its reporter, office and server. Two tickets of one office
// that both write its name have that in common already. Of a reporter's and server's name only what is whole or a
// number: at the server "printer-02" a printer is still worth a word. Sorted.
std::vector<std::string> circumstances(std::string_view reporter, std::string_view office, std::string_view server);

// The newer ticket, made ready for many comparisons.
class Newer {
 public:
  // What `side` points to has to outlive it. `circumstances` (see above) count for nothing.
  Newer(const Side& side, const Rarity& rarity, std::vector<std::string> circumstances = {});

  // `relative`: the candidate's weight from the index as a share of the heaviest candidate's.
  FeatureVector compare(const Side& older, double relative) const;

  const Side& side() const { return side_; }
  // What a term of the newer ticket weighs, by its place among its TextTerms; and one that no ticket has.
  double weight(std::size_t term) const { return weights_[term]; }
  // Stands in five tickets or fewer, or in at most one of a thousand.
  bool is_rare(std::size_t term) const { return weights_[term] >= rare_weight_; }
  double greatest_weight() const { return greatest_weight_; }
  const std::vector<std::string>& circumstances() const { return circumstances_; }

 private:
  void compare_terms(const Side& older, FeatureVector& features) const;
  double title_letters(std::string_view older) const;

  Side side_;
  std::vector<std::string> circumstances_;
  std::vector<double> weights_;
  double greatest_weight_ = 0;
  double rare_weight_ = 0;
  double usual_weight_ = 0;  // taken for terms that only the older ticket has
  double title_square_ = 0;
  double text_square_ = 0;
  std::vector<std::uint32_t> runs_;  // of the title's letters, sorted
};

}  // namespace gilir::duplicate
