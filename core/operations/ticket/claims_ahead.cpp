#include "core/operations/ticket/claims_ahead.h"

#include <algorithm>
#include <limits>

#include "core/lock/lock_table.h"
#include "core/lock/rows.h"
#include "core/operations/lock_access.h"
#include "core/people/people_table.h"
#include "core/people/turn.h"
#include "core/ticket/ticket_rules.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

std::optional<AgentName> take_turn_ahead(Context& context, ClaimsAhead& ahead, int tier, const AgentName& passed_over) {
  auto known = ahead.turns.find(tier);
  if (known == ahead.turns.end()) known = ahead.turns.emplace(tier, members_of_turn(context.connection(), tier)).first;
  auto& members = known->second;
  const auto next = next_in_turn(members, passed_over);
  if (!next) return std::nullopt;
  const auto place = place_after_turn(members);
  std::ranges::find_if(members, [&](const Agent& one) { return one.present && one.name == *next; })->turn = place;
  return next;
}

TicketRow returned(Context& context, ClaimsAhead& ahead, TicketRow ticket) {
  ticket.claimed_until.reset();
  ticket.assignee = take_turn_ahead(context, ahead, ticket.tier, *ticket.assignee);
  ticket.status = ticket.assignee ? TicketStatus::assigned : TicketStatus::new_;
  return ticket;
}

}  // namespace

bool is_at_work(Context& context, const AgentName& agent, TicketNumber ticket) {
  auto& connection = context.connection();
  if (!holds_for(connection, agent, ticket)) return false;
  // A hold that has run out may still be stored.
  const auto locks = view_locks(context, servers_of_ticket(connection, ticket));
  return std::ranges::any_of(locks.holds, [&](const Hold& hold) {
    return hold.ticket == ticket && row_of(locks.leases, &Lease::lease, hold.lease).agent == agent;
  });
}

std::vector<TicketRow> ClaimsAhead::tickets() const {
  std::vector<TicketRow> rows;
  for (const auto& claim : lapsed) rows.push_back(claim.ticket);
  return rows;
}

ClaimsAhead claims_ahead(Context& context) {
  ClaimsAhead ahead;
  const auto now = context.now().wall;
  for (const auto number : lapsed_claims(context.connection(), now, std::numeric_limits<std::int64_t>::max())) {
    auto ticket = get_ticket(context.connection(), number);
    const auto agent = *ticket.assignee;
    if (is_at_work(context, agent, number))
      ticket.claimed_until = now + claim_term;
    else
      ticket = returned(context, ahead, std::move(ticket));
    ahead.lapsed.push_back({agent, std::move(ticket)});
  }
  return ahead;
}

TicketRow as_it_stands(Context& context, TicketRow stored) {
  const auto now = context.now().wall;
  const auto number = stored.number;
  if (!claim_lapsed(stored, now)) return settled(std::move(stored), now);
  auto ahead = claims_ahead(context);
  const auto claim = std::ranges::find(ahead.lapsed, number, [](const LapsedClaim& one) { return one.ticket.number; });
  return claim == ahead.lapsed.end() ? stored : std::move(claim->ticket);
}

}  // namespace gilir
