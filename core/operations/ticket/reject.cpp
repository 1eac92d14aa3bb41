#include "core/operations/ticket/reject.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/ticket/finish.h"

namespace gilir {
namespace {

constexpr std::array ticket_reject_fields{
    FieldSpec{"number", "the ticket", 0},
    FieldSpec{"answer", "why, as its reporters are told", longest_message},
};

Ticket run(Context& context, const RejectTicket& operation) {
  return finish_with_answer(context,
                            {operation.number, TicketVerb::reject, EventKind::ticket_rejected, operation.answer});
}

}  // namespace

const OperationSpec RejectTicket::spec =
    describe_operation<RejectTicket, run>("ticket.reject", Role::agent, Access::write, ticket_reject_fields);

}  // namespace gilir
