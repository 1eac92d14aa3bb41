#include "core/operations/ticket/finish.h"

#include "core/operations/lock_access.h"
#include "core/operations/ticket/indexing.h"
#include "core/operations/ticket/voices.h"

namespace gilir {

Ticket finish_with_answer(Context& context, const TicketEnd& end) {
  require_text("answer", end.answer);
  auto [ticket, after] = permit_change(context, end.number, end.verb);
  ticket.status = after;
  ticket.next_news.reset();
  const auto event = context.log(end.event, subjects_for_reporters(context, ticket),
                                 with_voices(context, ticket.number, {.ticket = ticket.number, .text = end.answer}));
  index_message(context, ticket.number, index::TextKind::reply, event, end.answer);
  auto view = store_change(context, std::move(ticket));
  finish_ticket(context, view.number);
  return view;
}

}  // namespace gilir
