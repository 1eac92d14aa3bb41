// ticket.next and ticket.claim: what to work on now.
//
// The caller's most pressing ticket (core/ticket/pressing.h); when they have none, what waits for a turn in their tier.
// A claim makes what waits theirs, in one step, so that two who ask at once never get the same. It is a lease on the
// work: when they go away, or do nothing to the ticket and hold no server for it within claim_term, it returns to the
// turn by itself (settle.h). Claiming again does not make the term longer, and what was assigned to them gets none.
#pragma once

#include <string>

#include "core/operations/operation.h"
#include "core/operations/ticket/ticket_view.h"

namespace gilir {

struct PressingView : Ticket {
  // "urgent", "overdue" or "oldest".
  std::string because;
  // It waits for a turn; a claim takes it.
  bool waiting = false;
};
BOOST_DESCRIBE_STRUCT(PressingView, (Ticket), (because, waiting))

// Error{nothing_to_do}.
struct NextTicket {
  using Result = PressingView;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(NextTicket, (), ())

struct ClaimTicket {
  using Result = PressingView;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(ClaimTicket, (), ())

}  // namespace gilir
