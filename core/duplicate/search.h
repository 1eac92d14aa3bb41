// Search by words over the index of duplicate_index.h.
//
// A search is ranked when some of its words are rare: when the tickets of its rarest words, added up from the
// rarest on, stay below the gate. Those tickets are then weighed by all words (inverse document frequency); what
// has only frequent words is not among them. Otherwise every word is frequent and ranking would mean weighing
// most of the desk: then tickets that have all the words are walked from the newest. Words that no ticket has are
// passed over. Both cost about the same however many tickets there are.
//
// Reads only. Errors: those of store::Connection.
#pragma once

#include <string>
#include <vector>

#include "core/base/ids.h"
#include "core/duplicate/former_score.h"
#include "core/store/connection.h"

namespace gilir::duplicate {

inline constexpr std::int64_t search_gate = 20'000;
inline constexpr std::size_t most_search_terms = 16;

struct SearchTerms {
  // As asked for, at most most_search_terms.
  std::vector<std::string> terms;
  // Those that some ticket has, rarest first; `rare` of them pass the gate together.
  std::vector<std::string> known;
  std::size_t rare = 0;
  TermFrequencies frequencies;
};
SearchTerms search_terms(store::Connection& connection, std::string_view words, std::int64_t gate = search_gate);

// Also true when no ticket has any of the words.
bool can_rank(const SearchTerms& search);

struct Found {
  TicketNumber number;
  double weight = 0;
};
// The heavier first, of equal ones the newer.
bool weighs_more(const Found& one, const Found& other);

// Every ticket that has a rare word, at most search_gate: the `most` best first, then the others in any order.
std::vector<Found> best_found(store::Connection& connection, const SearchTerms& search, std::size_t most);
// Tickets that have all words, newest first, below `before` unless that is 0.
std::vector<TicketNumber> newest_found(store::Connection& connection, const SearchTerms& search, TicketNumber before,
                                       std::int64_t limit);
std::int64_t count_found(store::Connection& connection, const SearchTerms& search);

}  // namespace gilir::duplicate
