// Whether the index is what its texts make it, and making it anew.
#pragma once

#include <functional>

#include "core/index/text_index.h"

namespace gilir::index {

struct IndexFault {
  std::string problem;  // in English
  std::optional<TextNumber> text;
  std::string term;
};

// Every text that was merged stands in the postings of exactly its terms, with its weights; chunks are in order and
// their counts add up; every ticket's text has its place among those that are open or finished. The first few faults.
// Reads all of the index with at most about 10 MB of memory. Call it in a read transaction.
std::vector<IndexFault> verify(store::Connection& connection, std::size_t most = 10);

// Takes everything out, in the caller's write transaction; at most `rows` rows of each table. True when there is more
// to do.
bool clear(store::Connection& connection, std::int64_t rows = 20'000);

// The FTS5 table that found look-alikes before goes, in the caller's write transaction, as far as it comes within the
// budget. True when there is more to do.
bool drop_former_index(store::Connection& connection, Milliseconds budget);

}  // namespace gilir::index
