// What becomes of holds and waits when their ticket is merged or finished. Holds are never ended by it.
#pragma once

#include "core/lock/requests.h"
#include "core/lock/transition.h"

namespace gilir {

// Holds follow their ticket to the target. A wait whose server another agent holds, or waits for earlier, for
// the target ends with `merged`; any other follows too and keeps its place.
void follow_merge(Transition& t, const TicketMerged& merged);

// The holds and waits that a merge moved go back, unless they are for another ticket by now. A wait keeps its place.
void follow_unmerge(Transition& t, const TicketUnmerged& unmerged);

// Ends the ticket's waits, and with them its offers, with `resolved`.
void follow_finish(Transition& t, const TicketFinished& finished);

}  // namespace gilir
