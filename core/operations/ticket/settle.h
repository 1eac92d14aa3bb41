// Time passes for tickets: those that were put aside come back, claims that no work followed return to the turn, and
// promises of next news are broken. Each is an event of its own, dated when it fell due; a broken promise is told once.
#pragma once

#include <vector>

#include "core/operations/context.h"
#include "core/operations/ticket/assignment.h"
#include "core/ticket/ticket.h"

namespace gilir {

// Everything that fell due, up to 1,000 tickets of each kind a call; the rest is found by the next. Costs three
// look-ups when nothing is.
void settle_tickets(Context& context);

// Only claims and broken promises. Runs first in every change that has to do with tickets or turns.
void settle_first(Context& context);

// Applies to one ticket that it comes back now: changes the row and logs. Storing it is the caller's.
void settle_ticket(Context& context, TicketRow& ticket);

// `agent` goes away: what he claimed and has not begun returns to the turn. A ticket for which he holds a server
// is being worked on and stays. Those that nobody is there for have an empty agent.
std::vector<HandedOut> return_claims(Context& context, const AgentName& agent);

}  // namespace gilir
