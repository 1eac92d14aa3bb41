#include "core/operations/ticket/start.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/ticket/assignment.h"
#include "core/operations/ticket/change.h"
#include "core/operations/ticket/settle.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

constexpr std::array ticket_start_fields{FieldSpec{"number", "the ticket", 0}};

Ticket run(Context& context, const StartTicket& operation) {
  settle_first(context);
  const auto& caller = context.caller();
  const auto found = follow_ticket(context.connection(), operation.number);
  if (is_open(found.status) && found.assignee && *found.assignee != caller.name) {
    throw Error(ErrorCode::not_assignee).with("number", found.number).with("assignee", *found.assignee);
  }
  auto [ticket, after] = permit_change(context, operation.number, TicketVerb::start);
  take_over(context, ticket);
  ticket.status = after;
  context.log(EventKind::ticket_started, subjects_of_change(context, ticket),
              {.ticket = ticket.number, .agent = caller.name});
  return store_change(context, std::move(ticket));
}

}  // namespace

const OperationSpec StartTicket::spec =
    describe_operation<StartTicket, run>("ticket.start", Role::agent, Access::write, ticket_start_fields);

}  // namespace gilir
