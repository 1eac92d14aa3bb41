// ticket.reopen: it was not solved after all.
#pragma once

#include <string>

#include "core/operations/operation.h"
#include "core/operations/ticket/ticket_view.h"

namespace gilir {

// It goes to the agent who had it; when he is away or has left, by turn.
struct ReopenTicket {
  TicketNumber number;
  std::string reason;

  using Result = Ticket;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(ReopenTicket, (), (number, reason))

}  // namespace gilir
