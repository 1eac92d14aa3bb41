// gilir sends nothing by itself: what was written for a ticket's reporters is recorded, and somebody or something has
// to tell them. This says who still has to be told, and which hook hears of it and can.
#pragma once

#include "cli/desk_session.h"
#include "cli/output/output.h"
#include "core/operations/ticket/ticket_view.h"

namespace gilir::cli {

void show_whom_to_tell(Output& output, DeskSession& desk, EventKind event, const Ticket& ticket);

// `event` brought the voices of `asking` to `target`. Where that one has its answer already, nobody has told it to
// them: says which answer, and whom. Nothing where it is still open.
void show_answer_missed(Output& output, DeskSession& desk, EventKind event, const Ticket& asking, TicketNumber target);
// The same after a merge, for the voices of each of `sources`.
void show_answer_missed(Output& output, DeskSession& desk, const std::vector<TicketNumber>& sources,
                        TicketNumber target);

}  // namespace gilir::cli
