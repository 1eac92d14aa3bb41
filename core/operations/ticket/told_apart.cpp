#include "core/operations/ticket/told_apart.h"

#include <array>

#include "core/duplicate/pair_table.h"
#include "core/operations/describe_operation.h"
#include "core/operations/ticket/change.h"
#include "core/operations/ticket/suspicion.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

constexpr std::array ticket_told_apart_fields{
    FieldSpec{"number", "one ticket", 0},
    FieldSpec{"other", "the other", 0},
};

TicketsToldApart run(Context& context, const TellTicketsApart& operation) {
  const auto ticket = permit_change(context, operation.number, TicketVerb::link).ticket;
  const auto other = follow_ticket(context.connection(), operation.other);
  if (ticket.number == other.number) throw invalid_field("other", "is the same ticket");
  if (duplicate::said_distinct(context.connection(), ticket.number).contains(other.number)) {
    return {leave_unchanged(context, ticket).number, other.number};
  }
  tell_apart_and_log(context, ticket, other.number);
  return {store_change(context, ticket).number, other.number};
}

}  // namespace

const OperationSpec TellTicketsApart::spec = describe_operation<TellTicketsApart, run>(
    "ticket.told_apart", Role::agent, Access::write, ticket_told_apart_fields);

}  // namespace gilir
