// What a reporter may see of his ticket's history: what was said to him and where his ticket stands, but
// nothing that agents told each other and nothing of other reporters' tickets. Pure.
#pragma once

#include <optional>

#include "core/event/event.h"

namespace gilir {

// `event` as the reporter of `ticket` may see it, or none when it is not for him.
std::optional<Event> for_reporter(Event event, TicketNumber ticket);

}  // namespace gilir
