// ticket.told_apart: two tickets look alike and are not the same.
#pragma once

#include "core/operations/operation.h"

namespace gilir {

struct TicketsToldApart {
  TicketNumber number;
  TicketNumber other;
};
BOOST_DESCRIBE_STRUCT(TicketsToldApart, (), (number, other))

// Neither is suggested as a duplicate of the other any more. Merging them later is still possible.
struct TellTicketsApart {
  TicketNumber number;
  TicketNumber other;

  using Result = TicketsToldApart;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(TellTicketsApart, (), (number, other))

}  // namespace gilir
