// ticket.told_apart: two tickets look alike and are not the same, or that was said by mistake.
#pragma once

#include "core/operations/operation.h"

namespace gilir {

struct TicketsToldApart {
  TicketNumber number;
  TicketNumber other;
  // False when it was so before.
  bool changed = true;
};
BOOST_DESCRIBE_STRUCT(TicketsToldApart, (), (number, other, changed))

// Neither is suggested as a duplicate of the other any more; with `undo`, as before that was said. Merging them later
// is possible, and tells of it.
struct TellTicketsApart {
  TicketNumber number;
  TicketNumber other;
  bool undo = false;

  using Result = TicketsToldApart;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(TellTicketsApart, (), (number, other, undo))

}  // namespace gilir
