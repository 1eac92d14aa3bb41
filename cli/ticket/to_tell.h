// gilir sends nothing by itself: what was written for a ticket's reporters is recorded, and somebody or something has
// to tell them. This says who still has to be told, and which hook hears of it and can.
#pragma once

#include "cli/desk_session.h"
#include "cli/output/output.h"
#include "core/operations/ticket/ticket_view.h"

namespace gilir::cli {

void show_whom_to_tell(Output& output, DeskSession& desk, EventKind event, const Ticket& ticket);

}  // namespace gilir::cli
