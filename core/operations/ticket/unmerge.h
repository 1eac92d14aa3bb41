// ticket.unmerge: a merge is taken back. The ticket is again what it was: state, assignee, owner, tier, promise,
// place in the lists; its reporters' voices leave the target, and so do holds and waits that had followed and
// still stand. What it added to the target's urgency and promise goes, unless that was changed since. Whatever
// else came later stays where it is.
#pragma once

#include "core/operations/operation.h"
#include "core/operations/ticket/ticket_view.h"

namespace gilir {

struct UnmergedTicket : Ticket {
  // What it was a part of.
  TicketNumber from;
  // Which ticket it was thereby said not to be the same as: the end of the chain that it was in.
  std::optional<TicketNumber> told_apart;
};
BOOST_DESCRIBE_STRUCT(UnmergedTicket, (Ticket), (from, told_apart))

// About `number` itself, not the ticket at the end of its chain. Tickets merged into it before stay its parts.
// Where its agent has left the desk, or nobody had it, it goes by turn. Error{wrong_state} when it is not merged.
struct UnmergeTicket {
  TicketNumber number;

  using Result = UnmergedTicket;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(UnmergeTicket, (), (number))

}  // namespace gilir
