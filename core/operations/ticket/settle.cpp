#include "core/operations/ticket/settle.h"

#include "core/operations/ticket/claims_ahead.h"
#include "core/operations/ticket/store_ticket.h"
#include "core/ticket/ticket_rules.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

constexpr std::int64_t most_at_once = 1000;

HandedOut return_claim(Context& context, TicketRow ticket, std::string_view because, std::optional<WallTime> due) {
  const auto agent = *ticket.assignee;
  context.log(EventKind::ticket_claim_ended, {subject(ticket.number), subject(agent)},
              {.ticket = ticket.number, .internal = true, .agent = agent, .because = std::string(because), .due = due});
  const auto taker = assign_by_turn(context, ticket, {.because = "reclaimed"}, agent);
  store_ticket(context, ticket);
  return {ticket.number, taker.value_or(AgentName{})};
}

void settle_claim(Context& context, const TicketRow& ticket) {
  if (is_at_work(context, *ticket.assignee, ticket.number))
    extend_claim(context.connection(), ticket.number, context.now().wall + claim_term);
  else
    return_claim(context, ticket, "silent", ticket.claimed_until);
}

void tell_broken_promises(Context& context) {
  auto& connection = context.connection();
  for (const auto number : broken_promises(connection, context.now().wall, most_at_once)) {
    const auto ticket = get_ticket(connection, number);
    std::vector<Subject> subjects{subject(number)};
    for (const auto& agent : {ticket.owner, ticket.assignee}) {
      if (agent) subjects.push_back(subject(*agent));
    }
    // Whoever answers to the reporter is named first.
    context.log(EventKind::promise_broken, std::move(subjects),
                {.ticket = number,
                 .title = ticket.title,
                 .internal = true,
                 .agent = ticket.owner ? ticket.owner : ticket.assignee,
                 .due = ticket.next_news});
    mark_promise_told(connection, number);
  }
}

}  // namespace

void settle_tickets(Context& context) {
  auto& connection = context.connection();
  const auto now = context.now().wall;
  for (const auto number : returning_tickets(connection, now, most_at_once)) {
    auto ticket = get_ticket(connection, number);
    settle_ticket(context, ticket);
    store_ticket(context, std::move(ticket));
  }
  settle_first(context);
}

void settle_first(Context& context) {
  auto& connection = context.connection();
  tell_broken_promises(context);
  for (const auto number : lapsed_claims(connection, context.now().wall, most_at_once)) {
    settle_claim(context, get_ticket(connection, number));
  }
}

void settle_ticket(Context& context, TicketRow& ticket) {
  const auto now = context.now().wall;
  if (!comes_back(ticket, now)) return;
  std::vector<Subject> subjects{subject(ticket.number)};
  if (ticket.assignee) subjects.push_back(subject(*ticket.assignee));
  context.log(EventKind::ticket_returned, std::move(subjects),
              {.ticket = ticket.number,
               .status = std::string(enum_name(ticket.status)),
               .agent = ticket.assignee,
               .due = ticket.postponed_until});
  ticket = settled(std::move(ticket), now);
}

std::vector<HandedOut> return_claims(Context& context, const AgentName& agent) {
  std::vector<HandedOut> returned;
  for (const auto number : claims_of(context.connection(), agent)) {
    if (is_at_work(context, agent, number)) continue;
    returned.push_back(return_claim(context, get_ticket(context.connection(), number), "away", std::nullopt));
  }
  return returned;
}

}  // namespace gilir
