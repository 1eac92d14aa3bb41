// ticket.reply: tells every reporter of a ticket something, and when they will hear more.
#pragma once

#include <optional>
#include <string>

#include "core/operations/operation.h"
#include "core/operations/ticket/ticket_view.h"

namespace gilir {

struct ReplyToTicket {
  TicketNumber number;
  std::string text;
  // From now. A reply is news and keeps an earlier promise: without it nothing is promised any more.
  std::optional<Milliseconds> next_news_s = {};

  using Result = Ticket;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(ReplyToTicket, (), (number, text, next_news_s))

}  // namespace gilir
