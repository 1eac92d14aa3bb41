// ticket.start: the caller works on it now.
#pragma once

#include "core/operations/operation.h"
#include "core/operations/ticket/ticket_view.h"

namespace gilir {

// Only its assignee may; a ticket that still waits for one becomes the caller's. Error{not_assignee}.
struct StartTicket {
  TicketNumber number;

  using Result = Ticket;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(StartTicket, (), (number))

}  // namespace gilir
