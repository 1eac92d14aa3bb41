// What a person at a terminal can do about a server that somebody else holds: merge, wait, watch, knock.
#pragma once

#include "cli/command.h"
#include "cli/desk_session.h"
#include "core/base/error.h"
#include "core/desk/turn_taking.h"
#include "core/operations/lock/acquire.h"
#include "core/process/signal_set.h"

namespace gilir::cli {

// Shows Error{held} and asks. True when `operation`, perhaps changed, is to be tried again; false without a terminal,
// where the error stands. Error{held} without a lock to show when he leaves it, Error{merged} when he merged his ticket
// instead. Who knocks is told
// of a denial while he waits: see `options.on_news`.
bool ask_about_held(CommandContext& context, DeskSession& desk, AcquireLock& operation, WaitOptions& options,
                    const Error& held, SignalSet& signals);

}  // namespace gilir::cli
