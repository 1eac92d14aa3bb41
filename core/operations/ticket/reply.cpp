#include "core/operations/ticket/reply.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/ticket/change.h"
#include "core/operations/ticket/indexing.h"
#include "core/operations/ticket/voices.h"

namespace gilir {
namespace {

constexpr Milliseconds longest_promise = std::chrono::hours{24 * 366};

constexpr std::array ticket_reply_fields{
    FieldSpec{"number", "the ticket", 0},
    FieldSpec{"text", "what its reporters are told", longest_message},
    FieldSpec{"next_news_s", "when they hear again, from now; else nothing is promised", longest_promise.count()},
};

Ticket run(Context& context, const ReplyToTicket& operation) {
  require_text("text", operation.text);
  auto [ticket, after] = permit_change(context, operation.number, TicketVerb::reply);
  ticket.status = after;
  ticket.next_news.reset();
  if (operation.next_news_s) ticket.next_news = context.now().wall + *operation.next_news_s;
  EventFacts facts{.ticket = ticket.number, .text = operation.text};
  facts.next_news = ticket.next_news;
  const auto event = context.log(EventKind::ticket_replied, subjects_for_reporters(context, ticket),
                                 with_voices(context, ticket.number, std::move(facts)));
  index_message(context, ticket.number, index::TextKind::reply, event, operation.text);
  return store_change(context, std::move(ticket));
}

}  // namespace

const OperationSpec ReplyToTicket::spec =
    describe_operation<ReplyToTicket, run>("ticket.reply", Role::agent, Access::write, ticket_reply_fields);

}  // namespace gilir
