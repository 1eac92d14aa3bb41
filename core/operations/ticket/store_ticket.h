// The one way in which operations store a changed ticket: with what hangs on whether it is open.
#pragma once

#include "core/operations/context.h"
#include "core/ticket/ticket.h"

namespace gilir {

// update_ticket(), and the ticket's suspected duplicates: a finished ticket is in none, one that is open again is in
// those that were found when it was filed. Gives the row back.
TicketRow store_ticket(Context& context, TicketRow ticket, WallTime updated);
TicketRow store_ticket(Context& context, TicketRow ticket);

}  // namespace gilir
