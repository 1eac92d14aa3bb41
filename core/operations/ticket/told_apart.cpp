#include "core/operations/ticket/told_apart.h"

#include <array>
#include <set>

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
    FieldSpec{"undo", "take back that they are not the same", 0},
};

// As they were named when it was said, or as parts of what they are by now.
bool take_back(Context& context, const TellTicketsApart& operation, TicketNumber ticket, TicketNumber other) {
  bool changed = false;
  for (const auto one : std::set{operation.number, ticket}) {
    for (const auto two : std::set{operation.other, other})
      changed = duplicate::take_back_rejection(context.connection(), one, two) || changed;
  }
  return changed;
}

TicketsToldApart undo(Context& context, const TellTicketsApart& operation, const TicketRow& ticket,
                      TicketNumber other) {
  if (!take_back(context, operation, ticket.number, other))
    return {leave_unchanged(context, ticket).number, other, false};
  auto subjects = subjects_of_change(context, ticket);
  subjects.push_back(subject(other));
  context.log(EventKind::ticket_apart_taken_back, std::move(subjects),
              {.ticket = ticket.number, .internal = true, .other = other});
  suspect_pair_again(context, ticket.number, other);
  return {store_change(context, ticket).number, other, true};
}

[[noreturn]] void refuse_same(Context& context, const TellTicketsApart& operation, const TicketRow& ticket) {
  if (operation.number == operation.other) throw invalid_field("other", "is the same ticket");
  const auto part = operation.other == ticket.number ? operation.number : operation.other;
  throw Error(ErrorCode::wrong_state)
      .with("number", part)
      .with("status", get_ticket(context.connection(), part).status)
      .with("verb", TicketVerb::link)
      .with("into", ticket.number);
}

TicketsToldApart run(Context& context, const TellTicketsApart& operation) {
  const auto ticket = permit_change(context, operation.number, TicketVerb::link).ticket;
  const auto other = follow_ticket(context.connection(), operation.other);
  if (ticket.number == other.number) refuse_same(context, operation, ticket);
  if (operation.undo) return undo(context, operation, ticket, other.number);
  if (duplicate::said_distinct(context.connection(), ticket.number).contains(other.number)) {
    return {leave_unchanged(context, ticket).number, other.number, false};
  }
  tell_apart(context, ticket, other.number);
  return {store_change(context, ticket).number, other.number, true};
}

}  // namespace

const OperationSpec TellTicketsApart::spec = describe_operation<TellTicketsApart, run>(
    "ticket.told_apart", Role::agent, Access::write, ticket_told_apart_fields);

}  // namespace gilir
