// Which tickets may be look-alikes of a text: the best few hundred by the weight of the terms that they share.
#pragma once

#include <optional>
#include <vector>

#include "core/duplicate/features.h"
#include "core/index/text_index.h"

namespace gilir::duplicate {

struct CandidateBounds {
  std::size_t most = 150;
  // The heaviest terms of the text that are looked for; those of its title among titles as well.
  std::size_t terms = most_query_terms;
  // So many postings are read, of the rarest terms first; of what exceeds it only the newest.
  std::int64_t postings = 150'000;
};

struct CandidateText {
  index::TextNumber text;
  double shared = 0;
};

// What look-alikes of one text are found with. `titles` knows the title's terms only.
struct FoundCandidates {
  std::vector<CandidateText> candidates;  // best first, newer first among equals
  index::Frequencies tickets;
  index::Frequencies titles;
};

// Among tickets that are open or were finished within index::finished_counts_days; without `except`, the ticket itself.
FoundCandidates find_candidates(store::Connection& connection, const index::TextTerms& terms, WallTime now,
                                std::optional<TicketNumber> except = std::nullopt, const CandidateBounds& bounds = {});

}  // namespace gilir::duplicate
