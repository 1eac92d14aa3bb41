#include "core/operations/ticket/pass.h"

#include <array>

#include "core/duplicate/pair_table.h"
#include "core/operations/describe_operation.h"
#include "core/operations/ticket/assignment.h"
#include "core/operations/ticket/change.h"
#include "core/operations/ticket/suspicion.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

constexpr std::array ticket_pass_fields{
    FieldSpec{"number", "the ticket", 0},
    FieldSpec{"reason", "why somebody else should have it", longest_message},
};

// Whoever passes a ticket on that came to them as a twin of another one says that it is none. A supervisor who does so
// for them says nothing of it.
std::optional<TicketNumber> tell_twin_apart(Context& context, const TicketRow& ticket) {
  auto& connection = context.connection();
  if (ticket.assignee != context.caller().name) return {};
  const auto twin = duplicate::sticky_twin(connection, ticket.number);
  if (!twin) return {};
  const auto other = follow_ticket(connection, *twin).number;
  if (other == ticket.number) return {};
  tell_apart(context, ticket, other);
  return other;
}

PassedTicket run(Context& context, const PassTicket& operation) {
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
  PassedTicket passed;
  passed.told_apart = tell_twin_apart(context, ticket);
  assign_by_turn(context, ticket, EventFacts{.because = "passed"}, from);
  static_cast<Ticket&>(passed) = store_change(context, std::move(ticket));
  return passed;
}

}  // namespace

const OperationSpec PassTicket::spec =
    describe_operation<PassTicket, run>("ticket.pass", Role::agent, Access::write, ticket_pass_fields);

}  // namespace gilir
