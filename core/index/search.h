// Ranked search over the texts of a desk: best first, in bounded time.
//
// A ticket is found by any of the words. Those that have all of them come first: in one of their texts, or of the best
// texts in several. Then more of them, rarer ones and ones in titles rank it higher, and a whole identifier ranks
// before everything without it. Postings are read of the rarest words first; where there are more than the bound, only
// the newest texts with a frequent word are found by it, and the result says so.
#pragma once

#include <functional>
#include <vector>

#include "core/index/text_index.h"
#include "core/index/word_bits.h"

namespace gilir::index {

inline constexpr std::size_t shortest_prefix = 2;

// A text has the word when it has one of the terms, or one that begins so.
struct SearchWord {
  std::vector<std::string> terms = {};
  std::vector<std::string> prefixes = {};
  bool operator==(const SearchWord&) const = default;
};

// Tickets that have some words whatever their texts say, such as those at the server that the words name.
struct NamedTickets {
  WordBits words = 0;                     // bits by place in SearchQuery::words
  std::vector<TicketNumber> newest = {};  // in rising order
  // They rank as tickets with a whole identifier do.
  bool first = false;
  // When there are others than the newest: whether it is one of them. Asked of tickets that are found by their texts.
  std::function<bool(TicketNumber)> is_one = {};
};

struct SearchQuery {
  // As query_terms() makes them.
  std::vector<std::string> terms = {};
  // The beginnings of terms; those of less than shortest_prefix bytes find nothing.
  std::vector<std::string> prefixes = {};
  // What a ticket must have, of the terms and prefixes above, to be said to have all: the first most_words.
  std::vector<SearchWord> words = {};
  std::vector<NamedTickets> named = {};
  // A ticket with one of these terms in a text that may be seen is left out.
  std::vector<std::string> without = {};
  // And one of which one of these is true; asked of tickets that are found.
  std::vector<std::function<bool(TicketNumber)>> without_named = {};
  // Whether the asker may see internal texts.
  bool notes = false;
};

struct SearchBounds {
  std::int64_t postings = 30'000;
  std::size_t terms = 32;  // the first ones are looked for
  std::size_t prefixes = 4;
  std::size_t prefix_terms = 128;     // looked at for each prefix and list...
  std::size_t taken_of_prefix = 12;   // ...of which the most frequent are taken
  std::size_t texts = 1'000;          // the best ones, of whose tickets there are pages...
  std::size_t texts_at_once = 100;    // ...ranked so many at a time
  std::size_t texts_of_ticket = 200;  // the newest, looked at for words that it must not have
};

struct SearchHit {
  TicketNumber ticket;
  TextNumber text;  // the best one of the ticket
  TextKind kind{};
  std::int64_t source = 0;
  double score = 0;
  bool all_words = true;  // of what was looked for
};

struct SearchPage {
  std::vector<SearchHit> hits;
  bool more = false;       // there are hits behind these
  bool complete = true;    // nothing more would be found without the limits
  std::int64_t texts = 0;  // with one of the words, as far as was looked
  WordBits unknown = 0;    // words that no text and no named ticket has
};

// The hits from place `from` (0 is the best) on, at most `most`; newer first among equals. Pages fit together as long
// as nothing is indexed in between. Call it in a read transaction.
SearchPage search(store::Connection& connection, const SearchQuery& query, std::size_t from, std::size_t most,
                  const SearchBounds& bounds = {});

}  // namespace gilir::index
