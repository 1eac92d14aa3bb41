// ticket.pass: back to the turn of its tier, with a reason.
#pragma once

#include <string>

#include "core/operations/operation.h"
#include "core/operations/ticket/ticket_view.h"

namespace gilir {

struct PassedTicket : Ticket {
  // It had gone to the agent of this ticket as its twin; by passing it on they said that the two are not the same.
  std::optional<TicketNumber> told_apart;
};
BOOST_DESCRIBE_STRUCT(PassedTicket, (Ticket), (told_apart))

// It goes to whose turn it is, and to the one who had it only when nobody else of the tier is present. Its owner
// stays the one who answers to the reporter. Its assignee may, and a supervisor: Error{not_assignee}.
struct PassTicket {
  TicketNumber number;
  std::string reason;

  using Result = PassedTicket;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(PassTicket, (), (number, reason))

}  // namespace gilir
