#include "core/operations/ticket/resolve.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/lock/lock_access.h"
#include "core/operations/ticket/change.h"

namespace gilir {
namespace {

constexpr std::array fields{
    FieldSpec{"number", "the ticket", 0},
    FieldSpec{"answer", "what its reporters are told", longest_message},
};

Ticket run(Context& context, const ResolveTicket& operation) {
  require_text("answer", operation.answer);
  auto [ticket, after] = permit_change(context, operation.number, TicketVerb::resolve);
  ticket.status = after;
  ticket.next_news.reset();
  context.log(EventKind::ticket_resolved, subjects_for_reporters(context, ticket),
              {.ticket = ticket.number, .text = operation.answer});
  auto view = store_change(context, std::move(ticket));
  finish_ticket(context, view.number);
  return view;
}

}  // namespace

const OperationSpec ResolveTicket::spec =
    describe_operation<ResolveTicket, run>("ticket.resolve", Role::agent, Access::write, fields);

}  // namespace gilir
