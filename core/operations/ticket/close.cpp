#include "core/operations/ticket/close.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/ticket/change.h"
#include "core/operations/ticket/voices.h"

namespace gilir {
namespace {

constexpr std::array ticket_close_fields{FieldSpec{"number", "the ticket", 0}};

Ticket run(Context& context, const CloseTicket& operation) {
  auto [ticket, after] = permit_change(context, operation.number, TicketVerb::close);
  ticket.status = after;
  ticket.next_news.reset();
  context.log(EventKind::ticket_closed, subjects_for_reporters(context, ticket),
              with_voices(context, ticket.number, {.ticket = ticket.number}));
  return store_change(context, std::move(ticket));
}

}  // namespace

const OperationSpec CloseTicket::spec =
    describe_operation<CloseTicket, run>("ticket.close", Role::agent, Access::write, ticket_close_fields);

}  // namespace gilir
