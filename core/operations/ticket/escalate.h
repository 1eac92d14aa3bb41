// ticket.escalate: passes a ticket up, with a reason. Its owner stays the one who answers to the reporter.
#pragma once

#include <optional>
#include <string>

#include "core/operations/operation.h"
#include "core/operations/ticket/ticket_view.h"

namespace gilir {

// To the agent named; else to whose turn it is in the tier given, or in the next higher tier that has agents.
// With nobody present there it waits in that tier. Error{no_higher_tier}.
struct EscalateTicket {
  TicketNumber number;
  std::string reason;
  // At most one of them.
  std::optional<int> tier = {};
  std::optional<AgentName> agent = {};

  using Result = Ticket;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(EscalateTicket, (), (number, reason, tier, agent))

}  // namespace gilir
