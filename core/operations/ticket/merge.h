// ticket.merge: several reports of one problem become one ticket. Every number lives on and shows its target;
// every reporter keeps his receipt and gets the answer; holds and places follow (DESIGN.md, "Tickets and
// leases"). What was moved is recorded so that it can be taken back exactly.
#pragma once

#include <string>
#include <vector>

#include "core/operations/operation.h"

namespace gilir {

struct MergedView {
  TicketNumber number;
  TicketNumber into;
  // Holds and waits that followed, as "hold:12 wait:7".
  std::string moved;
  // Somebody had said that they are not the same.
  bool told_apart = false;
};
BOOST_DESCRIBE_STRUCT(MergedView, (), (number, into, moved, told_apart))

struct MergedTickets {
  std::vector<MergedView> merged;
};
BOOST_DESCRIBE_STRUCT(MergedTickets, (), (merged))

// All or none. Numbers that were merged before mean the ticket at the end of their chain, on both sides;
// --if-version is about the target.
struct MergeTickets {
  std::vector<TicketNumber> sources;
  TicketNumber into;
  // Also across reporters or offices: they will all read the target's replies.
  bool cross_reporter = false;

  using Result = MergedTickets;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(MergeTickets, (), (sources, into, cross_reporter))

// The same for one source, inside another operation. Error{wrong_state, merge_loop, cross_reporter}.
MergedView merge_ticket(Context& context, TicketNumber source, TicketNumber into, bool cross_reporter);

}  // namespace gilir
