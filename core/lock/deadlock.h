// Whether a place in line can ever be served. Agents who hold seats while they wait for others' seats may
// wait for each other in a circle; such a wait is refused rather than begun.
#pragma once

#include "core/lock/outcomes.h"

namespace gilir {

// A circle of agents, each waiting for the next, that starts at the place's agent; empty when none leads
// through him. A place without one will be served, provided that every agent who waits for nothing leaves his
// seats some day.
//
// An agent is *free* when all his places can be served; a place can be served when, at each server where its
// agent has no lease, fewer agents than there are seats have a lease or an earlier place there and are not
// free. The least fixpoint of the two is what can be served. Ending seats count as free, and leases under a break or
// steal: they end in time.
// Places not renewed lately count as gone. What closes a circle without a new wait (such a place comes back, a
// server loses a seat, an agent loses a lease where he also waits, a steal ends since its asker got another seat) is
// found at the next renewal of a wait.
std::vector<CircleLink> find_circle(const Locks& locks, PlaceId place);

}  // namespace gilir
