// ticket.postpone: nothing to do for now. It stays its assignee's and, with a time, comes back by itself.
#pragma once

#include <optional>

#include "core/operations/operation.h"
#include "core/operations/ticket/ticket_view.h"

namespace gilir {

enum class AwaitedParty { reporter, unit };
BOOST_DESCRIBE_ENUM(AwaitedParty, reporter, unit)

// Until a time (or for so long, from now), or for somebody outside, or both: then it waits for him until that time. A
// ticket that waits for an agent becomes the caller's.
struct PostponeTicket {
  TicketNumber number;
  std::optional<WallTime> until = {};
  std::optional<AwaitedParty> for_ = {};
  std::optional<Milliseconds> after_s = {};

  using Result = Ticket;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(PostponeTicket, (), (number, until, for_, after_s))

}  // namespace gilir
