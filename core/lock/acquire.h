// Acquiring: directly, by taking a place in line, or by taking up an offer.
#pragma once

#include "core/lock/outcomes.h"
#include "core/lock/requests.h"
#include "core/lock/transition.h"

namespace gilir {

// Locks are settled up to t.at and contain every server named. `wall` makes tokens and `since`.
Outcome acquire(Transition& t, Acquire request, WallTime wall);

}  // namespace gilir
