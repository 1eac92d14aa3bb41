// Which moves a ticket's state permits: one table, pure.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/describe.h"
#include "core/ticket/ticket.h"

namespace gilir {

enum class TicketVerb { assign, start, reply, note, escalate, resolve, close, merge, merge_into };
BOOST_DESCRIBE_ENUM(TicketVerb, assign, start, reply, note, escalate, resolve, close, merge, merge_into)

// Open: somebody still has to work on it.
bool is_open(TicketStatus status);
// Finished: its waits end. Resolved, closed and merged tickets are.
bool is_finished(TicketStatus status);

// The status after `verb`, or none when `status` does not permit it.
std::optional<TicketStatus> status_after(TicketStatus status, TicketVerb verb);

// The status after `verb`; Error{wrong_state} when the ticket's status does not permit it.
TicketStatus require_move(const TicketRow& ticket, TicketVerb verb);

}  // namespace gilir
