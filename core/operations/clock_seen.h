// What a look at the machine's clocks said about a desk: see core/desk/desk_clock.h.
#pragma once

#include "core/base/clock.h"
#include "core/base/describe.h"

namespace gilir {

// The start of the machine that a process belongs to, against that of the desk's last change: the same, a later one,
// one that is over, or one that the process cannot read.
enum class BootSeen { same, newer, past, unknown };
BOOST_DESCRIBE_ENUM(BootSeen, same, newer, past, unknown)

struct ClockSeen {
  BootSeen boot{};
  // By how much the machine's wall clock is ahead of the desk's time where it jumped and nobody vouches for it; else 0.
  Milliseconds ahead{};
  // By how much the desk's time was put right just now; for who only reads, will be by the next change.
  Milliseconds moved{};
};
BOOST_DESCRIBE_STRUCT(ClockSeen, (), (boot, ahead, moved))

}  // namespace gilir
