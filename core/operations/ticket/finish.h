// The end of a ticket with an answer for all its reporters: what resolving and rejecting share. Its waits at
// servers end, its holds never; the promise of next news is kept by the answer.
#pragma once

#include <string>

#include "core/operations/ticket/change.h"

namespace gilir {

struct TicketEnd {
  TicketNumber number;
  TicketVerb verb{};
  EventKind event{};
  std::string answer;
};

Ticket finish_with_answer(Context& context, const TicketEnd& end);

}  // namespace gilir
