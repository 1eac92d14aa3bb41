// Tickets in a list, as `ticket list` and `search` show them.
#pragma once

#include "cli/output/table.h"
#include "core/operations/ticket/list.h"

namespace gilir::cli {

// Promises have a column where they decide the order.
Table<TicketLine> ticket_table(WallTime now, bool with_promise);

}  // namespace gilir::cli
