// ticket.reject: it is not going to be worked on, and its reporters are told why.
#pragma once

#include <string>

#include "core/operations/operation.h"
#include "core/operations/ticket/ticket_view.h"

namespace gilir {

// Ends the ticket's waits at servers, never its holds.
struct RejectTicket {
  TicketNumber number;
  std::string answer;

  using Result = Ticket;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(RejectTicket, (), (number, answer))

}  // namespace gilir
