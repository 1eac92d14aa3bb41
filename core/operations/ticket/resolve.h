// ticket.resolve: the problem is solved, and this is the answer that all its reporters get.
#pragma once

#include <string>

#include "core/operations/operation.h"
#include "core/operations/ticket/ticket_view.h"

namespace gilir {

// Ends the ticket's waits at servers, never its holds. The promise of next news is kept by the answer.
struct ResolveTicket {
  TicketNumber number;
  std::string answer;

  using Result = Ticket;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(ResolveTicket, (), (number, answer))

}  // namespace gilir
