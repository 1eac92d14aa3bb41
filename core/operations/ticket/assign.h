// ticket.assign: gives a ticket to a named agent.
#pragma once

#include "core/operations/operation.h"
#include "core/operations/ticket/ticket_view.h"

namespace gilir {

// The ticket goes to the agent's tier. Giving it to whoever has it already changes nothing.
struct AssignTicket {
  TicketNumber number;
  AgentName agent;

  using Result = Ticket;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(AssignTicket, (), (number, agent))

}  // namespace gilir
