#include "core/operations/ticket/assign.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/ticket/assignment.h"
#include "core/operations/ticket/change.h"
#include "core/people/people_table.h"

namespace gilir {
namespace {

constexpr std::array ticket_assign_fields{
    FieldSpec{"number", "the ticket", 0},
    FieldSpec{"agent", "who works on it from now on", max_name_bytes},
};

Ticket run(Context& context, const AssignTicket& operation) {
  auto ticket = permit_change(context, operation.number, TicketVerb::assign).ticket;
  const auto agent = get_agent(context.connection(), operation.agent);
  if (ticket.assignee == agent.name) return leave_unchanged(context, std::move(ticket));
  ticket.tier = agent.tier;
  assign_to(context, ticket, agent.name, {.because = "named"});
  return store_change(context, std::move(ticket));
}

}  // namespace

const OperationSpec AssignTicket::spec =
    describe_operation<AssignTicket, run>("ticket.assign", Role::agent, Access::write, ticket_assign_fields);

}  // namespace gilir
