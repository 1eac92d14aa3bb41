// The time of a desk. One machine is a desk's arbiter: deadlines count on its boot clock, start again with their full
// term under a new boot, and a change by a process that still lives in a boot that is over (a container left behind, a
// restored machine) is refused.
//
// What people read is wall time, and a wall clock may be set to anything. Where it moves otherwise than the boot clock
// since the last change, the desk's time goes on by the boot clock, until the kernel says that NTP has set the wall
// clock or an admin says that it is right (`doctor --repair-clock`). Nothing is refused meanwhile. Only order never
// depends on it: that comes from the numbers of events.
#pragma once

#include <string>

#include "core/base/clock.h"
#include "core/operations/clock_seen.h"
#include "core/operations/operation.h"
#include "core/store/connection.h"

namespace gilir {

struct DeskTime {
  Now now;
  ClockSeen seen;
  // Since when it counts without a break; and did before it was put right.
  WallTime since{};
  WallTime counted_since{};
};

// What an admin vouches for: that this machine is the one that carries the desk, and that its wall clock is right.
struct Vouched {
  bool machine = false;
  bool clock = false;
};

// Reads the clocks against what the desk has stored; all time namespaces of a boot count as its own. Reads are never
// refused: from a boot that is over, or one that cannot be told, they see the desk as its last change left it. Changes
// get Error{past_boot}, and Error{unreachable} where the boot cannot be told.
DeskTime read_desk_time(store::Connection& connection, const Clock& clock, Access access, const Vouched& vouched = {});

// Stores the reading as the last committed one.
void store_desk_time(store::Connection& connection, const Clock& clock, const DeskTime& time);

}  // namespace gilir
