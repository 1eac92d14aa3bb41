#include "core/operations/ticket/postpone.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/ticket/assignment.h"
#include "core/operations/ticket/change.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

constexpr Milliseconds longest_postponement = std::chrono::hours{24 * 366};

constexpr std::array ticket_postpone_fields{
    FieldSpec{"number", "the ticket", 0},
    FieldSpec{"until", "when it comes back", 0},
    FieldSpec{"for", "whom it waits for: reporter or unit", 0},
    FieldSpec{"after_s", "how long from now it comes back, instead of until", 0},
};

TicketVerb verb_of(const PostponeTicket& operation) {
  if (!operation.for_) return TicketVerb::postpone;
  return *operation.for_ == AwaitedParty::reporter ? TicketVerb::wait_for_reporter : TicketVerb::wait_for_unit;
}

std::optional<WallTime> end_of(const PostponeTicket& operation, WallTime now) {
  const auto until = operation.after_s ? now + *operation.after_s : operation.until;
  if (until && *until <= now) throw invalid_field("until", "is past");
  if (until && *until > now + longest_postponement) throw invalid_field("until", "is more than a year away");
  return until;
}

Ticket run(Context& context, const PostponeTicket& operation) {
  const auto until = end_of(operation, context.now().wall);
  if (!until && !operation.for_) throw invalid_field("until", "is needed, or whom it waits for");
  if (operation.until && operation.after_s) throw invalid_field("after_s", "is given together with until");
  auto [ticket, after] = permit_change(context, operation.number, verb_of(operation));
  take_over(context, ticket);
  ticket.status = after;
  ticket.postponed_until = until;
  context.log(
      EventKind::ticket_postponed, subjects_of_change(context, ticket),
      {.ticket = ticket.number, .status = std::string(enum_name(after)), .agent = ticket.assignee, .until = until});
  mark_until_named(context.connection(), ticket.number, operation.until.has_value());
  return store_change(context, std::move(ticket));
}

}  // namespace

const OperationSpec PostponeTicket::spec =
    describe_operation<PostponeTicket, run>("ticket.postpone", Role::agent, Access::write, ticket_postpone_fields);

}  // namespace gilir
