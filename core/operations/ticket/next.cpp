#include "core/operations/ticket/next.h"

#include "core/operations/describe_operation.h"
#include "core/operations/ticket/assignment.h"
#include "core/operations/ticket/change.h"
#include "core/operations/ticket/claims_ahead.h"
#include "core/operations/ticket/settle.h"
#include "core/operations/ticket/store_ticket.h"
#include "core/people/people_table.h"
#include "core/ticket/pressing.h"
#include "core/ticket/ticket_rules.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

struct Found {
  TicketRow row;
  std::string because;
  bool waiting = false;
};

Found find_next(Context& context) {
  auto& connection = context.connection();
  const auto now = context.now().wall;
  const auto moved = claims_ahead(context).tickets();
  auto pressing = most_pressing(connection, context.caller().name, now, moved);
  const bool waiting = !pressing;
  if (waiting) pressing = most_pressing_waiting(connection, context.caller().tier, now, moved);
  if (!pressing) throw Error(ErrorCode::nothing_to_do);
  const char* because = pressing->urgent ? "urgent" : is_overdue(*pressing, now) ? "overdue" : "oldest";
  return {get_ticket(connection, pressing->number), because, waiting};
}

PressingView view(Context& context, const Found& found) {
  PressingView result;
  static_cast<Ticket&>(result) = ticket_view(context, found.row);
  result.because = found.because;
  result.waiting = found.waiting;
  return result;
}

PressingView run(Context& context, const NextTicket&) {
  return view(context, find_next(context));
}

PressingView run(Context& context, const ClaimTicket&) {
  settle_tickets(context);
  auto found = find_next(context);
  auto& ticket = found.row;
  const auto& caller = context.caller();
  // When too many fell due at once, it may not have been among them.
  settle_ticket(context, ticket);
  const auto after = require_move(ticket, TicketVerb::claim);
  // What is theirs stays theirs without a term, and claiming again is no work: the first claim's term runs on.
  if (!found.waiting) {
    leave_unchanged(context, ticket);
    ticket = get_ticket(context.connection(), ticket.number);
    return view(context, found);
  }
  use_turn(context.connection(), ticket.tier, caller.name);
  assign_to(context, ticket, caller.name, {.because = "claimed"});
  ticket.status = after;
  ticket.claimed_until = context.now().wall + claim_term;
  context.log(EventKind::ticket_claimed, {subject(ticket.number), subject(caller.name)},
              {.ticket = ticket.number, .internal = true, .agent = caller.name, .until = ticket.claimed_until});
  ticket = store_ticket(context, std::move(ticket));
  return view(context, found);
}

}  // namespace

const OperationSpec NextTicket::spec =
    describe_operation<NextTicket, run>("ticket.next", Role::agent, Access::read, {});
const OperationSpec ClaimTicket::spec =
    describe_operation<ClaimTicket, run>("ticket.claim", Role::agent, Access::write, {});

}  // namespace gilir
