// What the claims that have run out come to: which ticket goes to whom. Reads show it without storing it; the next
// change that has to do with tickets or turns stores it first (settle.h).
#pragma once

#include <map>
#include <vector>

#include "core/operations/context.h"
#include "core/ticket/ticket.h"

namespace gilir {

// Who holds a server for a ticket is at work on it, whatever he has not written down yet.
bool is_at_work(Context& context, const AgentName& agent, TicketNumber ticket);

struct LapsedClaim {
  AgentName agent;
  // As it stands now: with the next in turn, waiting where nobody is present, or still his who is at work on it.
  TicketRow ticket;
};

struct ClaimsAhead {
  // In the order in which they ran out.
  std::vector<LapsedClaim> lapsed;
  // The agents of the tiers whose turns that takes, as their places are then.
  std::map<int, std::vector<Agent>> turns;

  std::vector<TicketRow> tickets() const;
};

// Costs one look-up when no claim has run out, as after settle_first.
ClaimsAhead claims_ahead(Context& context);

// A ticket as it stands now, whatever fell due for it.
TicketRow as_it_stands(Context& context, TicketRow stored);

}  // namespace gilir
