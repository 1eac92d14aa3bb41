// How far the log was delivered to a desk's hooks: a row in the desk. All functions run inside the caller's
// transaction.
#pragma once

#include <optional>

#include "core/base/ids.h"
#include "core/store/connection.h"

namespace gilir {

// The last event that was delivered; nothing on a desk that had no hooks so far.
std::optional<EventNumber> read_hook_cursor(store::Connection& connection);

void move_hook_cursor(store::Connection& connection, EventNumber delivered);

// Lets a desk that has no cursor begin at the event `first`. In the transaction that appends it, so that no
// runner's death can lose it; what happened before the desk had hooks is no news.
void begin_hook_cursor(store::Connection& connection, EventNumber first);

}  // namespace gilir
