// Which tickets have a term: the index behind the search for duplicates, and behind `gilir search`.
//
// It is two tables. `duplicate_index` is an FTS5 table that stores no text, only for each term the numbers of
// its tickets; what it is fed are the tokens of terms (see terms.h) joined by blanks, so that its tokenizer does
// nothing but split them. `duplicate_term` counts the tickets of each term (and, under the empty term, all tickets),
// so that how rare a term is costs a lookup and not a walk through its tickets. All functions take terms as
// terms.h makes them and nothing else.
//
// Calling sequence: a ticket filed: frequencies(), candidates(), then add_to_index(). A ticket edited:
// remove_from_index() with ticket_terms() of the old text, add_to_index() with those of the new. FTS5 does
// not know what it was fed, so removing other terms than were added damages the index; when ticket_terms()
// itself changes, a migration has to clear_index() and add every ticket again.
//
// Functions that change anything expect the caller's write transaction. Errors: those of store::Connection.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.h"
#include "core/duplicate/former_score.h"
#include "core/store/connection.h"

namespace gilir::duplicate {

// For a migration. `detail=none`: matches are weighed term by term from duplicate_term, never by place in the
// text, which leaves a third of the size of detail=full; `columnsize=0` for the same reason.
inline constexpr std::string_view index_schema = R"sql(
CREATE TABLE duplicate_term (
  term TEXT PRIMARY KEY,
  tickets INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE duplicate_index USING fts5 (
  terms, content = '', columnsize = 0, detail = none, tokenize = "ascii tokenchars '-_./:'"
);
)sql";

// `terms` are distinct, as ticket_terms() gives them. A ticket is added once.
void add_to_index(store::Connection& connection, TicketNumber number, const std::vector<std::string>& terms);
// `terms` are exactly those that were added.
void remove_from_index(store::Connection& connection, TicketNumber number, const std::vector<std::string>& terms);
void clear_index(store::Connection& connection);

// The token that stands for a term in the index, and in a query as a word: only of letters, digits, bytes beyond
// ASCII and the signs that the tokenizer keeps, so that it can neither be split nor be syntax. A term that is made of
// nothing else stands for itself, any other one is written in hexadecimal behind "_", with which no term begins.
std::string token_of(std::string_view term);
// The FTS5 query that matches one term.
std::string matching(const std::string& term);

// For the migration of desks that fed terms to the index as they are: those with an apostrophe stand there in pieces.
std::vector<TicketNumber> tickets_in_pieces(store::Connection& connection);
// Feeds such a ticket, whose terms are `terms`, to the index again.
void put_together(store::Connection& connection, TicketNumber number, const std::vector<std::string>& terms);

TermFrequencies frequencies(store::Connection& connection, const std::vector<std::string>& terms);

struct CandidateLimits {
  std::size_t most = 200;
  // Tickets below this number are not looked for: pass the lowest that is open or was closed lately.
  TicketNumber oldest{1};
  // The rare gate: terms are walked through from the rarest as long as their tickets add up to this many...
  std::int64_t gate = 20'000;
  // ...and of each more frequent one only its newest tickets, as duplicates come in bursts.
  std::int64_t newest_of_frequent = 500;
  std::size_t terms = 32;
};

// Numbers of tickets that may be duplicates of one with these terms: half of `most` are those that share the
// most weight of terms, the others the newest that share any; best first. The ticket itself is among them
// when it is in the index.
std::vector<TicketNumber> candidates(store::Connection& connection, const std::vector<std::string>& terms,
                                     const TermFrequencies& frequencies, const CandidateLimits& limits = {});

}  // namespace gilir::duplicate
