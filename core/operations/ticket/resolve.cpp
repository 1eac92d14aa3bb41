#include "core/operations/ticket/resolve.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/ticket/finish.h"

namespace gilir {
namespace {

constexpr std::array ticket_resolve_fields{
    FieldSpec{"number", "the ticket", 0},
    FieldSpec{"answer", "what its reporters are told", longest_message},
};

Ticket run(Context& context, const ResolveTicket& operation) {
  return finish_with_answer(context,
                            {operation.number, TicketVerb::resolve, EventKind::ticket_resolved, operation.answer});
}

}  // namespace

const OperationSpec ResolveTicket::spec =
    describe_operation<ResolveTicket, run>("ticket.resolve", Role::agent, Access::write, ticket_resolve_fields);

}  // namespace gilir
