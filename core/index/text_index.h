// Which texts of a desk have a term: behind the search for look-alikes and behind `gilir search`.
//
// A text is a ticket's title and body, a public reply or an internal note. It gets a number when it is indexed, rising
// from 1 and never given again. Indexing writes one row with its terms, which is both what is known of the text later
// (its forward index) and the queue of what is not yet merged. Postings (see postings.h) hold what was merged. Readers
// see the postings of texts up to `merged` and the few rows behind it; whoever commits a change and finds
// merge_after rows merges them in bounded steps (see merging.h).
//
// A text that cannot be read is, to whoever reads, as one that is not there: one damaged row keeps nobody from the
// others. index_check.h finds it.
//
// A text that goes away leaves its postings behind, and readers pass over numbers without a row. Counts of texts and
// of a term's texts include such ones alike until the index is built anew.
//
// Notes have a list and counts of their own: nothing that is read of the other lists tells anything of them.
//
// Calling sequence: filing: a Snapshot, candidates (core/duplicate/candidates.h), then add_text(); an edit:
// replace_text(); a finish or reopening: set_open(). Functions that change anything expect the caller's write
// transaction, the others a transaction or a desk that nobody else writes to. Errors: those of store::Connection, and
// Error{damaged}.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/index/packed_terms.h"
#include "core/index/terms.h"
#include "core/store/connection.h"

namespace gilir::index {

using TextNumber = StrongNumber<struct TextTag>;

enum class TextKind : std::uint8_t { ticket, reply, note };
// What a posting belongs to. Terms of tickets' titles stand twice: there, and among all terms of tickets.
enum class List : std::uint8_t { titles, tickets, replies, notes };
List list_of(TextKind kind);

// For a migration; of what is there already nothing changes.
extern const std::string_view index_schema;
// All that is in them can be made anew from the tickets.
extern const store::DerivedTables index_tables;
// Whether it is the index that is damaged or missing. In a change nothing more can be stored after it (SQLite keeps a
// connection from writing until it rolls back): the change is made anew without the index.
bool is_of_index(const Error& error);

// So many rows may wait to be merged.
inline constexpr std::int64_t merge_after = 256;
// How many days after its end, by UTC, a finished ticket still counts for look-alikes: it does on the last of them.
inline constexpr std::int64_t finished_counts_days = 180;

// `source` is the event's number for a reply or note, and 0 for a ticket. A ticket's text counts as open.
TextNumber add_text(store::Connection& connection, TicketNumber ticket, TextKind kind, std::int64_t source,
                    const TextTerms& terms);
// A ticket's title or body has changed: whether it is open, or when it was finished, stays. An unknown one is added,
// and so is one whose index is being taken apart: whoever builds that anew says what is finished.
TextNumber replace_text(store::Connection& connection, TicketNumber ticket, const TextTerms& terms);
// Those of one kind; of `source`, when it is given.
void remove_texts(store::Connection& connection, TicketNumber ticket, TextKind kind,
                  std::optional<std::int64_t> source = std::nullopt);
// Whether look-alikes may be the ticket: always while it is open, and for finished_counts_days after `now` otherwise.
// For a merged one what counts is the end of its chain of merges: call it for each ticket of the chain. Nothing happens
// to a ticket that is not indexed.
void set_open(store::Connection& connection, TicketNumber ticket, bool open, WallTime now);

// What set_open() said last; none for a ticket that is not indexed.
std::optional<bool> counts_as_open(store::Connection& connection, TicketNumber ticket);

struct IndexedText {
  TextNumber number;
  TicketNumber ticket;
  TextKind kind{};
  std::int64_t source = 0;
};
std::optional<IndexedText> find_text(store::Connection& connection, TextNumber number);
// A ticket's own text.
std::optional<TextNumber> text_of_ticket(store::Connection& connection, TicketNumber ticket);
// Newest first, at most `most`; with internal ones or without.
std::vector<IndexedText> texts_of_ticket(store::Connection& connection, TicketNumber ticket, std::size_t most,
                                         bool notes = true);
// Error{damaged} when there is no such text, or it cannot be read. Counts are those that packed_terms.h keeps.
TextTerms terms_of_text(store::Connection& connection, TextNumber number);
struct StoredText {
  IndexedText text;
  TextTerms terms;
};
// What packed_terms.h has of a text, as a column of indexed_text: of what is too long to be that, nothing.
const std::string& terms_column();
// Both in one read; none when it is gone or cannot be read.
std::optional<StoredText> stored_text(store::Connection& connection, TextNumber number);

// Calls visit() with each of a text's terms that stand in its body, a reply or a note. False when these are not all
// that stand there, or the text is gone or cannot be read.
bool each_body_term(store::Connection& connection, TextNumber number,
                    const std::function<void(std::string_view term)>& visit);

// In how many texts of a list each term stands.
struct Frequencies {
  std::int64_t texts = 0;
  std::unordered_map<std::string, std::int64_t> texts_with;

  // 0 for a term that was not asked for.
  std::int64_t of(const std::string& term) const;
};

// How far an older desk's tickets are indexed, for whoever builds the index in slices: what set_built() was given
// last. None when the index is whole, as it is on a new desk.
std::optional<TicketNumber> built(store::Connection& connection);
void set_built(store::Connection& connection, std::optional<TicketNumber> last);

}  // namespace gilir::index
