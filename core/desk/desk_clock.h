// The time of a desk: never below what the last change saw, and aware of reboots. One machine is a desk's
// arbiter: deadlines on its boot clock start again with their full term under a new boot, and a process that
// still lives in a boot that is over (a container left behind, a restored machine) is refused.
#pragma once

#include <string>

#include "core/base/clock.h"
#include "core/store/connection.h"

namespace gilir {

struct DeskTime {
  Now now;
  // The machine was started anew since the last change.
  bool rebooted = false;
};

// Reads the clock against what the desk has stored. Error{past_boot}.
DeskTime read_desk_time(store::Connection& connection, const Clock& clock);

// Stores the reading as the last committed one.
void store_desk_time(store::Connection& connection, const Clock& clock, const DeskTime& time);

}  // namespace gilir
