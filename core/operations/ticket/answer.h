// What a finished ticket's reporters were told at its end.
#pragma once

#include <optional>
#include <string>

#include "core/operations/context.h"
#include "core/ticket/ticket.h"

namespace gilir {

// The answer of a ticket that is resolved, closed or rejected now: its own, not one that it heard as a part of
// another before it was taken out again.
std::optional<std::string> answer_of(Context& context, const TicketRow& row);

}  // namespace gilir
