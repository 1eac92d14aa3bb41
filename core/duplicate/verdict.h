// Whether one ticket looks like another, how strongly, and why.
//
// Strengths are thresholds of the calibrated score (score.h), and facts that no score outvotes (said.h).
//
//   strong: a new ticket goes to the agent who has the twin. From strong_from on, and nothing against it: not each
//   title
//     has a word that the other ticket lacks, they name no different things, their bodies have something in common, no
//     different servers, the older one is open or was finished within a day; and enough is said: three words or a rare
//     identifier are shared, or it is the same reporter, or the same office within the hour ("printer rusak" is said of
//     many printers).
//   likely: worth asking about. From likely_from on, of a ticket that is open or was finished within 30 days. With
//     different servers only when a rare identifier is shared; and where one is, title words are shared to 30 % as
//     well: an error's number alone is no duplicate.
//   weak: worth a look in a list. From weak_from on.
//
// Tickets whose titles are filler alone ("please help") are alike only when the same reporter wrote them.
//
// MEASURED
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/describe.h"
#include "core/duplicate/features.h"

namespace gilir::duplicate {

inline constexpr double strong_from = 0.2;
inline constexpr double likely_from = 0.08;
inline constexpr double weak_from = 0.02;

// From best to worst; the names are stable, scripts read them.
enum class Strength { strong, likely, weak, none };
BOOST_DESCRIBE_ENUM(Strength, strong, likely, weak, none)

enum class ReasonKind {
  same_reporter,
  same_office,
  same_server,
  same_category,
  shares_term,    // `term`, as written in the newer ticket: hostile text, at most index::max_term_bytes
  title_words,    // `value`: percent of the titles' words
  title_similar,  // `value`: percent
  body_similar,   // `value`: percent
  filed_apart,    // `value`: seconds
  texts_similar,  // `value`: percent; titles and bodies together
  asked_before,   // `value`: how many tickets were merged into it
};
BOOST_DESCRIBE_ENUM(ReasonKind, same_reporter, same_office, same_server, same_category, shares_term, title_words,
                    title_similar, body_similar, filed_apart, texts_similar, asked_before)

struct Reason {
  ReasonKind kind{};
  std::string term;
  std::int64_t value = 0;
  bool operator==(const Reason&) const = default;
};
BOOST_DESCRIBE_STRUCT(Reason, (), (kind, term, value))

struct Verdict {
  Strength strength = Strength::none;
  double score = 0;  // the probability (score.h), in hundredths
  std::vector<Reason> because;
  bool operator==(const Verdict&) const = default;
};
BOOST_DESCRIBE_STRUCT(Verdict, (), (strength, score, because))

// `features`: those of the two.
Verdict judge(const Newer& newer, const Side& older, const FeatureVector& features);

// "shares ORA-00942", "80% of title words", "filed 4 min apart": for JSON, never translated.
std::string in_english(const Reason& reason);

}  // namespace gilir::duplicate
