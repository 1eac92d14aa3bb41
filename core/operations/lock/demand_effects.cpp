#include "core/operations/lock/demand_effects.h"

#include "core/lock/rows.h"
#include "core/operations/lock_access.h"
#include "core/operations/ticket/assignment.h"
#include "core/operations/ticket/store_ticket.h"
#include "core/people/people_table.h"
#include "core/ticket/ticket_rules.h"
#include "core/ticket/ticket_table.h"

namespace gilir {

void follow_hand_over(Context& context, const std::vector<LockEvent>& events) {
  for (const auto& order : events) {
    if (order.kind != LockEventKind::cut_ordered || order.demand != DemandKind::hand_over) continue;
    const auto taker = get_agent(context.connection(), order.to);
    for (const auto& cut : events) {
      if (cut.kind != LockEventKind::cut || cut.lease != order.lease || !cut.ticket) continue;
      auto ticket = follow_ticket(context.connection(), *cut.ticket);
      if (!is_open(ticket.status) || ticket.assignee != order.agent) continue;
      ticket.tier = taker.tier;
      assign_to(context, ticket, taker.name, {.because = "handed_over"});
      store_ticket(context, std::move(ticket));
    }
  }
}

void refuse_own_lease(Context& context, const ServerName& server, LeaseId id) {
  const auto locks = view_locks(context, {server});
  const auto* lease = lease_of(locks, server, context.caller().name);
  if (lease == nullptr || lease->lease != id) return;
  throw invalid_field("lease", "is your own; give it back with lock release");
}

void refuse_demand(Context& context, const ServerName& server, LeaseId lease, const Outcome& outcome) {
  if (const auto* already = std::get_if<AskedAlready>(&outcome)) {
    Error error(ErrorCode::asked_already);
    error.add("server", server);
    error.add("kind", already->standing.kind);
    error.add("by", already->standing.by);
    error.add("expires_in_s", already->standing.deadline.at - context.now().boot);
    if (already->standing.to == context.caller().name) error.add("to", already->standing.to);
    throw error;
  }
  if (const auto* refused = std::get_if<RefusedLately>(&outcome)) {
    const auto locks = view_locks(context, {server});
    const auto* held = find_row(locks.leases, &Lease::lease, lease);
    throw Error(ErrorCode::refused_lately)
        .with("server", server)
        .with("holder", held != nullptr ? held->agent : AgentName{})
        .with("by", refused->refusal.by)
        .with("expires_in_s", refused->refusal.until.at - context.now().boot);
  }
  if (std::holds_alternative<LeaseOver>(outcome)) {
    throw Error(ErrorCode::lease_over).with("server", server).with("lease", lease);
  }
  throw Error(ErrorCode::not_found).with("kind", "demand").with("name", server);
}

}  // namespace gilir
