#include "core/operations/ticket/note.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/ticket/change.h"
#include "core/operations/ticket/indexing.h"

namespace gilir {
namespace {

constexpr std::array ticket_note_fields{
    FieldSpec{"number", "the ticket", 0},
    FieldSpec{"text", "what colleagues are told", longest_message},
};

Ticket run(Context& context, const NoteOnTicket& operation) {
  require_text("text", operation.text);
  auto [ticket, after] = permit_change(context, operation.number, TicketVerb::note);
  ticket.status = after;
  const auto event = context.log(EventKind::ticket_noted, {subject(ticket.number), subject(context.caller().name)},
                                 {.ticket = ticket.number, .text = operation.text, .internal = true});
  index_message(context, ticket.number, index::TextKind::note, event, operation.text);
  return store_change(context, std::move(ticket));
}

}  // namespace

const OperationSpec NoteOnTicket::spec =
    describe_operation<NoteOnTicket, run>("ticket.note", Role::agent, Access::write, ticket_note_fields);

}  // namespace gilir
