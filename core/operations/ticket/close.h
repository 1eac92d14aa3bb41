// ticket.close: nothing more will happen to a resolved ticket.
#pragma once

#include "core/operations/operation.h"
#include "core/operations/ticket/ticket_view.h"

namespace gilir {

struct CloseTicket {
  TicketNumber number;

  using Result = Ticket;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(CloseTicket, (), (number))

}  // namespace gilir
