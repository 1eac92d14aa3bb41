// Which open tickets somebody should compare: pairs that look alike, until one is finished or somebody has decided.
#pragma once

#include <string>
#include <vector>

#include "core/operations/context.h"
#include "core/operations/ticket/ticket_view.h"

namespace gilir {

// Of the look-alikes found when `ticket` was filed: the strong and likely ones that are open.
void suspect(Context& context, TicketNumber ticket, const std::vector<DuplicateView>& look_alikes);
// The ticket is open again: those that were found when it was filed.
void suspect_again(Context& context, TicketNumber ticket);

// Somebody said that the tickets are not the same: they are never suggested again for one another. The log tells of it.
void tell_apart(Context& context, const TicketRow& ticket, TicketNumber other);

// The ticket may be the same as the other after all: what was found when the newer one was filed counts again.
void suspect_pair_again(Context& context, TicketNumber one, TicketNumber other);

// The newer tickets that are suspected to be the same as `ticket`, the newest first: a few of them, as hundreds may
// tell of one outage.
inline constexpr std::int64_t most_newer_twins = 10;
std::vector<DuplicateView> newer_twins(Context& context, TicketNumber ticket);
// How many more there are.
std::int64_t twins_left_out(Context& context, TicketNumber ticket);

}  // namespace gilir
