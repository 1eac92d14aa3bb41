#include "core/operations/desk/show.h"

#include <algorithm>

#include "core/operations/describe_operation.h"
#include "core/operations/ticket/claims_ahead.h"
#include "core/people/people_table.h"

namespace gilir {
namespace {

constexpr std::size_t most_tickets = 20;

// Those that are put aside until now come first to mind again as assigned ones; those whose claims have run out are
// added as they stand.
constexpr std::string_view own_tickets =
    "SELECT number, title, status, server, urgent, updated, next_news, created, "
    "(SELECT name FROM reporter WHERE id = ticket.reporter) FROM ticket "
    "WHERE assignee = $1 AND status IN ('assigned', 'in_progress') AND (claimed_until IS NULL OR claimed_until > $2) "
    "UNION ALL SELECT number, title, 'assigned', server, urgent, updated, next_news, created, "
    "(SELECT name FROM reporter WHERE id = ticket.reporter) FROM ticket "
    "WHERE assignee = $1 AND postponed_until <= $2 ORDER BY urgent DESC, number LIMIT $3";

std::vector<OwnTicketView> tickets_of(Context& context, const AgentName& agent) {
  auto tickets = context.connection().all<OwnTicketView>(own_tickets, agent, context.now().wall,
                                                         static_cast<std::int64_t>(most_tickets));
  for (auto& row : claims_ahead(context).tickets()) {
    if (row.assignee != agent) continue;
    tickets.push_back({row.number, std::move(row.title), row.status, std::move(row.server), row.urgent, row.updated,
                       row.next_news, row.created, get_reporter(context.connection(), row.reporter).name});
  }
  std::ranges::sort(tickets, {}, [](const OwnTicketView& one) { return std::pair(!one.urgent, one.number); });
  if (tickets.size() > most_tickets) tickets.resize(most_tickets);
  return tickets;
}

DeskView run(Context& context, const ShowDesk&) {
  DeskView view;
  view.name = context.connection().first<std::string>("SELECT name FROM desk").value_or("");
  view.agent = agent_view(context, context.caller());
  view.tickets = tickets_of(context, context.caller().name);
  return view;
}

}  // namespace

const OperationSpec ShowDesk::spec = describe_operation<ShowDesk, run>("desk.show", Role::agent, Access::read, {});

}  // namespace gilir
