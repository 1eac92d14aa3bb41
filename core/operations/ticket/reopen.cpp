#include "core/operations/ticket/reopen.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/ticket/assignment.h"
#include "core/operations/ticket/change.h"
#include "core/operations/ticket/voices.h"
#include "core/people/people_table.h"

namespace gilir {
namespace {

constexpr std::array ticket_reopen_fields{
    FieldSpec{"number", "the ticket", 0},
    FieldSpec{"reason", "what is still wrong", longest_message},
};

bool is_there(Context& context, const std::optional<AgentName>& name) {
  if (!name) return false;
  const auto agent = find_agent(context.connection(), *name);
  return agent && agent->present;
}

// An owner who has left cannot answer to the reporter any more.
void forget_lost_owner(Context& context, TicketRow& ticket) {
  if (ticket.owner && !find_agent(context.connection(), *ticket.owner)) ticket.owner.reset();
}

Ticket run(Context& context, const ReopenTicket& operation) {
  require_text("reason", operation.reason);
  auto [ticket, after] = permit_change(context, operation.number, TicketVerb::reopen);
  context.log(EventKind::ticket_reopened, subjects_for_reporters(context, ticket),
              with_voices(context, ticket.number, {.ticket = ticket.number, .reason = operation.reason}));
  ticket.status = after;
  forget_lost_owner(context, ticket);
  if (is_there(context, ticket.assignee))
    assign_to(context, ticket, *ticket.assignee, {.because = "reopened"});
  else
    assign_by_turn(context, ticket, "reopened");
  return store_change(context, std::move(ticket));
}

}  // namespace

const OperationSpec ReopenTicket::spec =
    describe_operation<ReopenTicket, run>("ticket.reopen", Role::agent, Access::write, ticket_reopen_fields);

}  // namespace gilir
