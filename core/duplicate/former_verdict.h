// Whether one ticket looks like another, how strongly, and why.
//
// Words, below, means content words: no filler, and not the names of the tickets' own office, server and
// reporter. "Near in context" means the same reporter, the same office or the same server.
//
// strong: a new ticket goes to the agent who has the twin. It must be right, so it takes all of:
//   1. text, one of
//      a. both texts are the same but for case and punctuation;
//      b. all the words of one title stand in the other, which has few more (they are at least 60 % of its
//         weight), and at least two words are shared;
//      c. titles cover each other to 75 %, with three words or more shared, and the bodies are half alike;
//      d. both name the same rare identifier (ORA-00942), and share 40 % of their title words;
//   2. context: near in context; with fewer than three shared words and no rare identifier ("printer
//      rusak"), only the same reporter or office will do, and filed within an hour unless the reporter is the
//      same;
//   3. time: filed within 24 hours, or within 7 days of a twin that is still open;
//   4. nothing against it: no different servers, no different numbers or identifiers in the titles, and no
//      two bodies that have little in common.
//
// likely: worth asking about. One of, and never with different servers unless a rare identifier is shared:
//   - text as for strong, near in context, filed within 30 days;
//   - half the title words or more (or titles that are spelt 65 % alike), near in context, within 7 days;
//   - a shared rare identifier, near in context or within 24 hours;
//   - one shared word, at the same server of the same office, within an hour;
//   - text as in a or b with three words or more shared, within 24 hours, wherever it comes from.
//
// weak: worth a look in a list. One of:
//   - half the title words with two words or more shared, or titles spelt 65 % alike;
//   - a shared rare identifier;
//   - one shared word and near in context, within 24 hours;
//   - bodies that are half alike, near in context;
//   - the same server, reporter or office as well, and filed within an hour, whatever the words.
//
// Everything else is none.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "core/base/ids.h"
#include "core/duplicate/former_score.h"
#include "core/duplicate/verdict.h"

namespace gilir::duplicate::former {

Verdict judge(const Comparison& comparison);

struct Candidate {
  TicketNumber number;
  Subject subject;
};

struct Match {
  TicketNumber number;
  Verdict verdict;
};

// The `most` best matches for `newer` that are at least weak: by strength, then score, then newest number.
std::vector<Match> best_matches(const Subject& newer, const std::vector<Candidate>& candidates,
                                const TermFrequencies& frequencies, std::size_t most = 5);

}  // namespace gilir::duplicate::former
