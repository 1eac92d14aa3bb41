// Following what happens at a server, event by event.
#pragma once

#include "cli/command.h"
#include "cli/desk_session.h"
#include "core/base/ids.h"
#include "core/process/signal_set.h"

namespace gilir::cli {

// The last event so far. Asked for before the lock is shown, so that what happens in between is told, too.
EventNumber news_begin_after(DeskSession& desk, const ServerName& server);

// Shows each event after `seen` as it comes; in JSON, a line with the lock as it stands then. Ends with true when
// `until_free` and a seat is free, nobody before the caller in line; with false when a signal came.
bool watch_lock(CommandContext& context, DeskSession& desk, const ServerName& server, EventNumber seen,
                SignalSet& signals, bool until_free);

}  // namespace gilir::cli
