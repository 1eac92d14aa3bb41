// ticket.link: two tickets have to do with each other, without being one.
#pragma once

#include "core/operations/operation.h"

namespace gilir {

struct TicketLink {
  TicketNumber number;
  TicketNumber other;
  // False when they were linked, or apart, already.
  bool changed = false;
};
BOOST_DESCRIBE_STRUCT(TicketLink, (), (number, other, changed))

struct LinkTickets {
  TicketNumber number;
  TicketNumber other;
  // Take the link away.
  bool remove = false;

  using Result = TicketLink;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(LinkTickets, (), (number, other, remove))

}  // namespace gilir
