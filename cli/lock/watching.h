// Following what happens at a server, event by event.
#pragma once

#include "cli/command.h"
#include "cli/desk_session.h"
#include "core/base/ids.h"
#include "core/process/signal_set.h"

namespace gilir::cli {

// Shows each event as it comes; in JSON, a line with the lock as it stands then. Ends with true when `until_free` and a
// seat is free, nobody before the caller in line; with false when a signal came.
bool watch_lock(CommandContext& context, DeskSession& desk, const ServerName& server, SignalSet& signals,
                bool until_free);

}  // namespace gilir::cli
