// What must be true of locks after every step and settlement, whatever happened before.
#pragma once

#include <string>

#include "core/lock/types.h"

namespace gilir::test {

// Empty when `locks`, settled up to locks.clock, are sound; otherwise what is wrong. `seats_may_be_short`:
// a server was given fewer seats than were taken.
std::string problem_in(const Locks& locks, bool seats_may_be_short = false);

}  // namespace gilir::test
