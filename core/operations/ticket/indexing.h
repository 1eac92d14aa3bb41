// Keeps the index of texts (core/index) as the desk's tickets are: behind look-alikes and search.
#pragma once

#include <optional>
#include <string_view>

#include "core/index/text_index.h"
#include "core/operations/context.h"
#include "core/operations/ticket/index_progress.h"
#include "core/ticket/ticket.h"

namespace gilir {

// From now on later tickets are compared with this one, and searches find it. `terms` are those of its title and body.
void index_ticket(Context& context, TicketNumber ticket, const index::TextTerms& terms);
// Its title or body was changed.
void index_again(Context& context, const TicketRow& row);
// A reply or answer, or an internal note, which event `number` tells of.
void index_message(Context& context, TicketNumber ticket, index::TextKind kind, EventNumber number,
                   std::string_view text);
// The ticket is open again, finished, or part of another one or none any more: for how long look-alikes may be it, and
// what was merged into it.
void index_status(Context& context, const TicketRow& row);

// None when all tickets are indexed.
std::optional<IndexProgress> index_progress(store::Connection& connection);

// A change was stored without the index, or it could not be kept up: it is damaged until it is made anew. False when
// that was known.
bool remember_index_damage(store::Connection& connection);

// The index is taken apart and made anew from the tickets, after this change and in steps of its own. A damaged one is
// thrown away at once: in a change that goes without the index.
void rebuild_index(Context& context);
// The same for one that turns out to be damaged while it is taken apart, in the caller's write transaction.
void throw_index_away(store::Connection& connection);
// Whether one was thrown away of which the pages are still in the file, unused.
bool has_unused_pages(store::Connection& connection);
// The file is written anew without them. Outside of any transaction, and with the gate held.
void give_back_unused_pages(store::Connection& connection);

// Indexes tickets of a desk whose index is not whole, and takes away what was before, for about `budget`, in the
// caller's write transaction. True while there is more to do, for which the gate should be left in between. Whoever
// dies between two steps leaves the rest to the next. Reads one row when there is nothing to do.
bool build_index_step(store::Connection& connection, Milliseconds budget);

}  // namespace gilir
