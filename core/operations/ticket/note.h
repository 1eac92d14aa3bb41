// ticket.note: something that agents tell each other. Reporters never see it, and tickets merged into this one
// do not show it: its audience is that of the ticket on which it was written, for ever.
#pragma once

#include <string>

#include "core/operations/operation.h"
#include "core/operations/ticket/ticket_view.h"

namespace gilir {

struct NoteOnTicket {
  TicketNumber number;
  std::string text;

  using Result = Ticket;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(NoteOnTicket, (), (number, text))

}  // namespace gilir
