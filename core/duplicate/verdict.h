// Whether one ticket looks like another, how strongly, and why.
//
// Strengths are thresholds of the calibrated score (score.h), and facts that no score outvotes (said.h).
//
//   strong: a new ticket goes to the agent who has the twin. From strong_from on, and nothing against it: not each
//     title has a word that the other ticket lacks, two fifths of both titles' words are shared (who lists many
//     troubles in a body has none of them), they name no different things, their bodies have something in common, no
//     different servers, the older one is open or was finished within a day; and enough is said: three words or a rare
//     identifier are shared, or it is the same reporter, or the same office within the hour ("printer rusak" is said of
//     many printers).
//   likely: worth asking about. From likely_from on, of a ticket that is open or was finished within 30 days. With
//     different servers only when a rare identifier is shared; and where one is, title words are shared to 30 % as
//     well: an error's number alone is no duplicate. Only when a word of the titles is shared, or what they are about,
//     and not a place, an hour or one person's signature alone. Never when the titles name others of a kind by number:
//     "loket 3" and "loket 2".
//   weak: worth a look in a list. From weak_from on.
//
// A ticket that the same reporter sends of the same place within a day with the same words but for typing errors is
// strong whatever its score.
//
// Told again: the same reporter, at the same office or about the same server, may well mean the same in other words;
// see keeps_agent() in core/operations/ticket/new.cpp. By the score, by what both are about in whatever words
// (matters.h), and by the category, while the older one is open, when they name no different things, no different
// places in the office (places.h) and not different servers; and what is likely within a quarter of an hour. See
// ToldAgainWeights in weights.h.
//
// Tickets whose titles are filler alone ("please help") are alike only when the same reporter wrote them.
//
// Measured, of the best candidate alone. On a tracker (tidev, all 14,947 tickets) 78 are strong, 16 of them labelled
// duplicates and 61 to 68 of them by eye: the labels miss most; 4.6 % of others are asked about, and 0.4 % go to the
// twin's agent. On the made-up help desk (tests/bench/lookalikes/help_desk, half B: no weight was fitted on it, but
// told_again_from was chosen in sight of its figures) 100 % of verbatim resends are strong and 98.6 % with typing
// errors; 99.7 % of strong ones are right, 38 % of likely; 4.3 % of others are asked about. Of rewordings by one person
// at one server 85 % go to the same agent (half A: 88), and 97.1 % of different faults at one server are kept apart
// (half A: 96.8); 1.1 % of ordinary tickets go to an agent who has another trouble of that person in that place.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/describe.h"
#include "core/duplicate/features.h"
#include "core/duplicate/reason.h"

namespace gilir::duplicate {

inline constexpr double strong_from = 0.35;
inline constexpr double likely_from = 0.1;
inline constexpr double weak_from = 0.02;
inline constexpr double told_again_from = 0.44;

struct Verdict {
  Strength strength = Strength::none;
  double score = 0;  // the probability (score.h), in hundredths
  std::vector<Reason> because;
  // Enough for somebody who reported the older one.
  bool told_again = false;
  bool operator==(const Verdict&) const = default;
};
BOOST_DESCRIBE_STRUCT(Verdict, (), (strength, score, because, told_again))

// Whether judge() may find one strong or likely, whatever is said in it. Far cheaper, as nothing is read.
bool may_be_asked_about(const FeatureVector& features);

// `features`: those of the two.
Verdict judge(const Newer& newer, const Side& older, const FeatureVector& features);

}  // namespace gilir::duplicate
