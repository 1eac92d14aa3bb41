#include "core/operations/log/replayed.h"

#include "core/ticket/ticket_rules.h"

namespace gilir {
namespace {

// A ticket that is put aside stays so when its agent has to be another one.
bool keeps_status(const ReplayedTicket& ticket, const EventFacts& facts) {
  const auto because = facts.because.value_or("");
  return is_put_aside(ticket.status) && (because == "removed" || because == "unmerged");
}

}  // namespace

void ReplayedDesk::tell(const Event& event) {
  const auto kind = event_kind_from_name(event.kind);
  if (!kind) return;
  if (event.facts.ticket)
    tell_of_ticket(*kind, event.facts);
  else
    tell_of_desk(*kind, event.facts);
}

void ReplayedDesk::tell_of_desk(EventKind kind, const EventFacts& facts) {
  const auto agent = facts.agent.value_or(AgentName{});
  const auto server = facts.server.value_or(ServerName{});
  switch (kind) {
    case EventKind::agent_added:
      // The first one's event says no role: whoever makes a desk is its admin.
      agents[agent] = {facts.tier.value_or(lowest_tier),
                       enum_from_name<Role>(facts.kind.value_or("")).value_or(Role::admin), true};
      break;
    case EventKind::agent_moved:
      agents[agent].tier = facts.tier.value_or(lowest_tier);
      // Only where it changed.
      if (facts.kind) agents[agent].role = enum_from_name<Role>(*facts.kind).value_or(Role::agent);
      break;
    case EventKind::agent_away:
      agents[agent].present = false;
      break;
    case EventKind::agent_back:
      agents[agent].present = true;
      break;
    case EventKind::agent_removed:
      agents.erase(agent);
      break;
    case EventKind::server_added:
      servers[server] = {};
      break;
    case EventKind::server_trusted:
      if (!facts.kind) servers[server].fingerprint = facts.fingerprint.value_or("");
      break;
    case EventKind::server_removed:
      servers.erase(server);
      break;
    default:
      break;
  }
}

void ReplayedDesk::tell_of_ticket(EventKind kind, const EventFacts& facts) {
  if (kind == EventKind::ticket_filed) tickets[*facts.ticket] = {facts.title.value_or(""), TicketStatus::new_, {}, {}};
  const auto known = tickets.find(*facts.ticket);
  if (known == tickets.end()) return;
  auto& ticket = known->second;
  switch (kind) {
    case EventKind::ticket_assigned:
      if (!keeps_status(ticket, facts)) ticket.status = TicketStatus::assigned;
      ticket.assignee = facts.agent;
      break;
    case EventKind::ticket_claimed:
    case EventKind::ticket_returned:
      ticket.status = TicketStatus::assigned;
      ticket.assignee = facts.agent;
      break;
    case EventKind::ticket_waiting:
      ticket.status = TicketStatus::new_;
      ticket.assignee.reset();
      break;
    case EventKind::ticket_started:
      ticket.status = TicketStatus::in_progress;
      ticket.assignee = facts.agent;
      break;
    case EventKind::ticket_postponed:
      ticket.status = enum_from_name<TicketStatus>(facts.status.value_or("")).value_or(TicketStatus::postponed);
      ticket.assignee = facts.agent;
      break;
    case EventKind::ticket_resolved:
      ticket.status = TicketStatus::resolved;
      break;
    case EventKind::ticket_rejected:
      ticket.status = TicketStatus::rejected;
      break;
    case EventKind::ticket_closed:
      ticket.status = TicketStatus::closed;
      break;
    case EventKind::ticket_edited:
      if (facts.title) ticket.title = *facts.title;
      break;
    case EventKind::ticket_merged:
      merged_[*facts.ticket] = ticket;
      ticket.status = TicketStatus::merged;
      ticket.assignee.reset();
      ticket.merged_into = facts.into;
      break;
    case EventKind::ticket_unmerged:
      if (const auto before = merged_.extract(*facts.ticket); !before.empty()) ticket = before.mapped();
      break;
    default:
      break;
  }
}

}  // namespace gilir
