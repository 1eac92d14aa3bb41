#include "core/operations/desk/show.h"

#include "core/operations/describe_operation.h"

namespace gilir {
namespace {

// Those that are put aside until now come first to mind again as assigned ones.
constexpr std::string_view own_tickets =
    "SELECT number, title, status, server, urgent, updated, next_news FROM ticket "
    "WHERE assignee = $1 AND status IN ('assigned', 'in_progress') UNION ALL "
    "SELECT number, title, 'assigned', server, urgent, updated, next_news FROM ticket "
    "WHERE assignee = $1 AND postponed_until <= $2 ORDER BY urgent DESC, number LIMIT 20";

DeskView run(Context& context, const ShowDesk&) {
  DeskView view;
  view.name = context.connection().first<std::string>("SELECT name FROM desk").value_or("");
  view.agent = agent_view(context, context.caller());
  view.tickets = context.connection().all<OwnTicketView>(own_tickets, context.caller().name, context.now().wall);
  return view;
}

}  // namespace

const OperationSpec ShowDesk::spec = describe_operation<ShowDesk, run>("desk.show", Role::agent, Access::read, {});

}  // namespace gilir
