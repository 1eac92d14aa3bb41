// What happened, in one readable line for each event, in the user's language:
//
//     2026-11-22 09:14  sari  took kantor-123 for #41 (lease 7, token 1763802840123)
//     2026-11-22 09:15  -     kantor-123 was offered to budi, next in line
//
// What came about by itself (a hold that ran out, an offer, a turn) names no actor, whoever's change it was
// that noticed it, and stands at the time when it fell due.
#pragma once

#include <vector>

#include "cli/output/output.h"
#include "core/event/event.h"

namespace gilir::cli {

// What happened, without time and actor.
Line event_words(const Event& event);
// Whose doing it was; "-" when it came about by itself.
std::string event_actor(const Event& event);
// When it took effect.
WallTime event_time(const Event& event);

// Lines for people, a table for scripts, with `page` as in a list. The history of a ticket, a server and the
// whole desk look alike.
void show_events(Output& output, const std::vector<Event>& events, const Page& page);

}  // namespace gilir::cli
