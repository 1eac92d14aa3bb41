// The passing of time over locks: everything that fell due by now is applied in the order of due times, each
// as an event that says when. Pure; what settles twice settles once, and settling in two stages comes to the
// same as settling at once:  settle(settle(x, a).locks, b) == settle(x, b)  for a <= b.
//
// What falls due: a hold's end, an unclosed mark's end, an offer's lapse, a wait's lapse, a demand's countdown, the
// moment from which who knocked counts as gone, and that from which a place counts as not renewed lately. After each,
// freed seats are offered along the line.
#pragma once

#include "core/lock/events.h"

namespace gilir {

struct Settled {
  Locks locks;
  std::vector<LockEvent> events;
};

// Moves locks.clock to `now`; a `now` before it counts as it. Never throws for locks that the rules made.
Settled settle(Locks locks, BootTime now);

// When something falls due next, or nothing when time alone changes nothing. Right after settle(…, now) it is
// later than now.
std::optional<BootTime> next_due(const Locks& locks);

}  // namespace gilir
