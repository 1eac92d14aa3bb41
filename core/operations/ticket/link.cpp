#include "core/operations/ticket/link.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/ticket/change.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

constexpr std::array ticket_link_fields{
    FieldSpec{"number", "one ticket", 0},
    FieldSpec{"other", "the other", 0},
    FieldSpec{"remove", "take the link away", 0},
};

TicketLink run(Context& context, const LinkTickets& operation) {
  auto ticket = permit_change(context, operation.number, TicketVerb::link).ticket;
  auto other = follow_ticket(context.connection(), operation.other);
  require_move(other, TicketVerb::link);
  if (ticket.number == other.number) {
    throw invalid_field("other", "is the same ticket");
  }
  auto& connection = context.connection();
  const bool changed = operation.remove ? remove_link(connection, ticket.number, other.number)
                                        : add_link(connection, ticket.number, other.number);
  if (!changed) return {leave_unchanged(context, ticket).number, other.number, false};
  auto subjects = subjects_of_change(context, ticket);
  subjects.push_back(subject(other.number));
  context.log(operation.remove ? EventKind::ticket_unlinked : EventKind::ticket_linked, std::move(subjects),
              {.ticket = ticket.number, .internal = true, .other = other.number});
  store_change(context, ticket);
  store_change(context, other);
  return {ticket.number, other.number, true};
}

}  // namespace

const OperationSpec LinkTickets::spec =
    describe_operation<LinkTickets, run>("ticket.link", Role::agent, Access::write, ticket_link_fields);

}  // namespace gilir
