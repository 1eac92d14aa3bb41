// Whether the index is what its texts make it, and taking it apart so that it can be made anew.
#pragma once

#include "core/index/text_index.h"

namespace gilir::index {

struct IndexFault {
  std::string problem;  // in English
  std::optional<TextNumber> text;
  std::string term;
};

// The first faults, at most `most`. Every text that was merged stands in the postings of exactly its terms, with its
// weights; chunks are in order, no longer than they may be, and their counts add up; every ticket's text counts as open
// or as finished. Reads all of the index, with `span` times eight bytes of memory and as many passes through the
// postings as there are spans of texts. While the index is taken apart, only what waits is looked at. Call it in a read
// transaction.
std::vector<IndexFault> verify(store::Connection& connection, std::size_t most = 10, std::int64_t span = 1'000'000);

// What can be known at a glance, and of these texts whether they stand in the postings of their terms: reads some
// hundred rows for each. Call it in a read transaction.
std::vector<IndexFault> verify_some(store::Connection& connection, const std::vector<TextNumber>& texts,
                                    std::size_t most = 10);

// Whether what the index keeps of a text is what it is made of.
bool is_kept_as(const TextTerms& kept, const TextTerms& made);

// One step of taking everything out, in the caller's write transaction; true when there is more to do. Texts that are
// added in between stay, as waiting ones; readers find only those, and no merge is done until it is over.
// Afterwards every text has to be added again that is not there: see text_of_ticket().
bool clear_step(store::Connection& connection, Milliseconds budget);
// From the first of those steps to the last.
bool is_being_cleared(store::Connection& connection);

// For an index that cannot be taken apart, in the caller's write transaction: its tables are gone from the schema
// without a look at them, and made anew, empty. What they took of the file stays unused until it is written anew
// (VACUUM).
void throw_away(store::Connection& connection);

// One step of removing the FTS5 table that found look-alikes before, in the caller's write transaction; true when there
// is more to do. Nothing happens on a desk that has none.
bool drop_former_index_step(store::Connection& connection, Milliseconds budget);

}  // namespace gilir::index
