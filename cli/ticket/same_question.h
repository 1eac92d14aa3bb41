// The question before filing: is this the same as a ticket that looks like it?
#pragma once

#include "cli/command.h"
#include "cli/desk_session.h"
#include "core/operations/ticket/new.h"

namespace gilir::cli {

// Tries the filing out and, when something strongly or likely looks the same, asks. "Yes" makes `operation` a
// part of that ticket, "no" marks it as no duplicate and says for good that it is not that one; anything else leaves it
// as it is. Asks on a terminal only, and never when a request id was given: whoever repeats a filing has answered
// already.
void ask_whether_same(CommandContext& context, DeskSession& desk, NewTicket& operation);

}  // namespace gilir::cli
