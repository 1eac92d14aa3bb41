// The lock arbiter: who may log in to which server, as a pure function of the locks, a request and the time.
//
// A seat's life: free → (offered →) held under a lease, a set of holds → ending, while a kept hold that ended
// unreported may still have its session → free. A seat goes to another agent only from free. An agent has at
// most one seat at a server, however many holds. A free seat is granted directly only when nobody is in that
// server's line; otherwise along the line, first come first served by one sequence for all servers: see
// core/lock/line.h. No request blocks; who waits asks again with his wait's id.
//
// A lease may be asked for before its end: see core/lock/demand.h.
//
// Which locks must be loaded. Let S be the servers that the request names (for holds and waits: theirs; for a
// ticket: those of its holds and waits, of source and target alike) and those of the asking agent's places.
// Locks must contain all rows of the smallest set C that contains S and, with a server s in C,
//   - every server of every place of each agent who has a lease, an unclosed mark or a place at s, and
//   - every server at which a hold of the same set as a hold at s stands.
// C is then whole in both respects that matter: settling it needs nothing outside, and every circle of agents
// who wait for each other through s lies within it. Agents who do not wait add nothing, so C is small.
// Reboot needs every server.
#pragma once

#include "core/lock/outcomes.h"
#include "core/lock/requests.h"
#include "core/lock/settle.h"

namespace gilir {

struct Stepped {
  Locks locks;
  Outcome outcome;
  std::vector<LockEvent> events;  // in the order in which they took effect
};

// Settles up to `now`, then applies the request. now.wall is used for nothing but tokens and the `since` that
// people read. Throws Error{not_found} for a server that is not among the locks, before anything changes.
Stepped step(Locks locks, const Request& request, Now now);

}  // namespace gilir
