// Look-alikes of tickets that were filed while the index of texts was not whole: they are looked for again when it is,
// so that these tickets are suspected and shown like any other.
#pragma once

#include "core/operations/context.h"

namespace gilir {

// `ticket` is filed now, and some of its look-alikes may be missing. Needs no index.
void look_again_later(store::Connection& connection, TicketNumber ticket);

// Whether there are such tickets, and the index is whole. Reads one row when there are none.
bool wants_late_look(store::Connection& connection);

// Looks for those of some of them, for about `budget`, in the caller's write transaction; what is known of them
// already stays.
void late_look_step(store::Connection& connection, const Now& now, Milliseconds budget);

}  // namespace gilir
