#include "core/operations/ticket/assignment.h"

#include "core/duplicate/pair_table.h"
#include "core/operations/ticket/store_ticket.h"
#include "core/people/people_table.h"
#include "core/ticket/ticket_table.h"

namespace gilir {

void assign_to(Context& context, TicketRow& ticket, const AgentName& agent, EventFacts why) {
  why.ticket = ticket.number;
  why.agent = agent;
  why.from_agent = ticket.assignee;
  why.tier = ticket.tier;
  std::vector<Subject> subjects{subject(ticket.number), subject(agent)};
  if (ticket.assignee) subjects.push_back(subject(*ticket.assignee));
  if (why.twin) subjects.push_back(subject(*why.twin));
  ticket.assignee = agent;
  if (!ticket.owner) ticket.owner = agent;
  ticket.status = TicketStatus::assigned;
  ticket.claimed_until.reset();
  // Only the agent to whom it came as a twin can say that it is none.
  if (why.because == "sticky" && why.twin)
    duplicate::note_sticky_turn(context.connection(), ticket.number, *why.twin);
  else
    duplicate::end_sticky_turn(context.connection(), ticket.number);
  context.log(EventKind::ticket_assigned, std::move(subjects), std::move(why));
}

std::optional<AgentName> assign_by_turn(Context& context, TicketRow& ticket, EventFacts why,
                                        const std::optional<AgentName>& passed_over) {
  const auto agent = take_turn(context.connection(), ticket.tier, passed_over);
  if (agent) {
    assign_to(context, ticket, *agent, std::move(why));
    return agent;
  }
  why.ticket = ticket.number;
  why.from_agent = ticket.assignee;
  why.tier = ticket.tier;
  std::vector<Subject> subjects{subject(ticket.number)};
  if (ticket.assignee) subjects.push_back(subject(*ticket.assignee));
  ticket.assignee.reset();
  ticket.status = TicketStatus::new_;
  ticket.claimed_until.reset();
  context.log(EventKind::ticket_waiting, std::move(subjects), std::move(why));
  return std::nullopt;
}

std::optional<AgentName> assign_by_turn(Context& context, TicketRow& ticket, std::string_view because) {
  return assign_by_turn(context, ticket, EventFacts{.because = std::string(because)});
}

void take_over(Context& context, TicketRow& ticket) {
  if (ticket.assignee) return;
  ticket.assignee = context.caller().name;
  ticket.tier = context.caller().tier;
  if (!ticket.owner) ticket.owner = context.caller().name;
}

std::vector<HandedOut> hand_out_waiting(Context& context, int tier, std::string_view because) {
  std::vector<HandedOut> handed_out;
  for (const auto number : waiting_tickets(context.connection(), tier)) {
    const auto agent = take_turn(context.connection(), tier);
    if (!agent) break;
    auto ticket = get_ticket(context.connection(), number);
    assign_to(context, ticket, *agent, {.because = std::string(because)});
    store_ticket(context, ticket);
    handed_out.push_back({number, *agent});
  }
  return handed_out;
}

}  // namespace gilir
