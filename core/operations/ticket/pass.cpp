#include "core/operations/ticket/pass.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/ticket/assignment.h"
#include "core/operations/ticket/change.h"

namespace gilir {
namespace {

constexpr std::array ticket_pass_fields{
    FieldSpec{"number", "the ticket", 0},
    FieldSpec{"reason", "why somebody else should have it", longest_message},
};

Ticket run(Context& context, const PassTicket& operation) {
  require_text("reason", operation.reason);
  auto ticket = permit_change(context, operation.number, TicketVerb::pass).ticket;
  const auto from = ticket.assignee.value_or(context.caller().name);
  if (from != context.caller().name && context.caller().role < Role::supervisor) {
    throw Error(ErrorCode::not_assignee).with("number", ticket.number).with("assignee", from);
  }
  // Internal: the reason is written for colleagues.
  context.log(
      EventKind::ticket_passed, subjects_of_change(context, ticket),
      {.ticket = ticket.number, .internal = true, .from_agent = from, .reason = operation.reason, .tier = ticket.tier});
  assign_by_turn(context, ticket, EventFacts{.because = "passed"}, from);
  return store_change(context, std::move(ticket));
}

}  // namespace

const OperationSpec PassTicket::spec =
    describe_operation<PassTicket, run>("ticket.pass", Role::agent, Access::write, ticket_pass_fields);

}  // namespace gilir
