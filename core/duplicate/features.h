// How a new ticket compares with an older one, as a few numbers that can be explained. Nothing here reads a body: both
// sides are the terms stored at filing and the title. Pure; never throws but bad_alloc.
//
// Calling sequence: one Newer for the new ticket, then compare() with each candidate, set_relative() and score()
// (score.h) to rank them, and judge() (verdict.h) for the few that are shown. compare() is in two steps as well, so
// that few have to be read in full.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/describe.h"
#include "core/duplicate/letter_runs.h"
#include "core/index/packed_terms.h"

namespace gilir::duplicate {

// So many of a text's heaviest terms are looked for in others.
inline constexpr std::size_t most_query_terms = 40;
// How much a term's count in the text that is compared weighs, beside how rare it is: BM25's saturation, with the
// title's counting five times.
double query_weight(unsigned title, unsigned body);

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
  // Of the older ticket only: how long its text is, see packed_terms.h.
  index::LengthNorms norms{};
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
  // The same of texts beneath: the older ticket has it in its body alone, the new one in its body whatever its title
  // says. Two titles often share a frame ("… does not work"); who writes of the other's subject means it.
  double new_title_in_old_body = 0;
  double old_title_in_new_body = 0;
  double title_letters = 0;  // cosine of the titles' runs of four letters
  // Cosine of the new title's terms with all of the older ticket's, those of its title five times as heavy, each
  // saturated (as in BM25F). That the new ticket's body is left out here ranks better: long bodies share much by
  // chance.
  double title_in_text = 0;
  double rarest_shared = 0;   // how rare the rarest shared term is; 1: nobody else has it
  double relative = 0;        // weight of all shared terms, against the best candidate's; see set_relative()
  double other_category = 0;  // 1: both known and different
  double age = 0;             // ln(1 + days) since the older one was filed
  double finished_for = 0;    // ln(1 + days) since it was finished, 0 while it is open
  double merged_before = 0;   // ln(1 + tickets merged into it)
  double same_office = 0;     // 1 or 0, as the next three
  double other_office = 0;
  double same_server = 0;
  double other_server = 0;
  // Only at the same office or about the same server.
  double same_reporter = 0;  // 1 or 0
  double same_hour = 0;      // 1 when filed at once, half after an hour
  // Anywhere else, unless the titles are spelt alike: 1 when filed at once, half after a day. Who has just told of one
  // thing next tells of another.
  double same_reporter_elsewhere = 0;
};
BOOST_DESCRIBE_STRUCT(FeatureVector, (),
                      (new_title_in_old, old_title_in_new, new_title_in_old_body, old_title_in_new_body, title_letters,
                       title_in_text, rarest_shared, relative, other_category, age, finished_for, merged_before,
                       same_office, other_office, same_server, other_server, same_reporter, same_hour,
                       same_reporter_elsewhere))

struct Comparison {
  FeatureVector features;
  double shared = 0;  // weight of all shared terms
};
// Once all candidates are compared.
void set_relative(std::span<Comparison> comparisons);

// Terms that say where a ticket comes from: of the names of its reporter, office and server. Two tickets of one office
// that both write its name have that in common already. Of a reporter's and server's name only what is whole or a
// number: at the server "printer-02" a printer is still worth a word. Sorted.
std::vector<std::string> circumstances(std::string_view reporter, std::string_view office, std::string_view server);

// The newer ticket, made ready for many comparisons.
class Newer {
 public:
  // What `side` points to has to outlive it. `circumstances` (see above) count for nothing.
  Newer(const Side& side, const Rarity& rarity, std::vector<std::string> circumstances = {});

  Comparison compare(const Side& older) const;
  // The same in two steps: what the older ticket's stored terms tell, and all else, without a look at older.terms.
  Comparison compare_terms(index::PackedTerms older) const;
  void compare_rest(const Side& older, FeatureVector& features) const;

  const Side& side() const { return side_; }
  // What a term of the newer ticket weighs, by its place among its TextTerms; and one that no ticket has.
  double weight(std::size_t term) const { return weights_[term]; }
  // Stands in five tickets or fewer, or in at most one of a thousand.
  bool is_rare(std::size_t term) const { return weights_[term] >= rare_weight_; }
  const std::vector<std::string>& circumstances() const { return circumstances_; }

 private:
  void weigh_for_query(const Rarity& rarity);
  template <class Walk>
  Comparison compare_each(Walk older, index::LengthNorms norms) const;

  Side side_;
  std::vector<std::string> circumstances_;
  std::vector<double> weights_;
  std::vector<double> query_weights_;  // of the heaviest terms, as find_candidates() has them; 0 of the others
  std::vector<std::uint64_t> keys_;    // of the terms, for finding them
  double greatest_weight_ = 0;
  double rare_weight_ = 0;
  double usual_weight_ = 0;  // taken for terms that only the older ticket has
  double title_square_ = 0;
  double title_weight_ = 0;
  LetterRuns runs_;  // of the title
};

}  // namespace gilir::duplicate
