// The rows in which a desk keeps its locks, and Locks: those of some servers together, as the rules see them.
// Deadlines are on the boot clock and carry their full term, because after a reboot each starts again with
// it. Ids rise over the whole desk and are never reused.
#pragma once

#include <cstdint>
#include <vector>

#include "core/base/clock.h"
#include "core/base/describe.h"
#include "core/base/ids.h"
#include "core/lock/demand.h"
#include "core/lock/hold.h"
#include "core/lock/place.h"

namespace gilir {

// What a server allows. `last_token` outlives every lease.
struct ServerLock {
  ServerName server;
  int seats = 1;   // agents at once
  int logins = 1;  // kept holds that one agent may have at once; 0: any number
  Milliseconds term{60'000};
  Milliseconds lock_delay{30'000};  // as in Chubby (OSDI 2006, §2.4); 0 where the server itself ends sessions
  Milliseconds offer_time{30'000};
  Token last_token{};
  bool operator==(const ServerLock&) const = default;
};
BOOST_DESCRIBE_STRUCT(ServerLock, (), (server, seats, logins, term, lock_delay, offer_time, last_token))

// One agent's seat at one server. Lives exactly as long as it has a hold.
struct Lease {
  LeaseId lease;
  ServerName server;
  AgentName agent;
  Token token;
  WallTime since{};
  bool operator==(const Lease&) const = default;
};
BOOST_DESCRIBE_STRUCT(Lease, (), (lease, server, agent, token, since))

// The last number given out of each kind, over the whole desk.
struct LockCounters {
  LeaseId lease;
  HoldId hold;
  HoldSetId set;
  PlaceId place;
  WaitId wait;
  std::int64_t sequence = 0;
  DemandId demand;
  bool operator==(const LockCounters&) const = default;
};
BOOST_DESCRIBE_STRUCT(LockCounters, (), (lease, hold, set, place, wait, sequence, demand))

// What whoever asks knows of programs under kept holds: those of `running` were seen to run, at `at`.
struct ProgramsSeen {
  BootTime at{};
  std::vector<HoldId> running;
  bool operator==(const ProgramsSeen&) const = default;
};

// The locks of a closed set of servers (see core/lock/arbiter.h), each vector in order of its first id, places in
// order of sequence.
struct Locks {
  std::vector<ServerLock> servers;
  std::vector<Lease> leases;
  std::vector<Hold> holds;
  std::vector<Unclosed> unclosed;
  std::vector<Place> places;
  std::vector<PlaceServer> place_servers;
  std::vector<Wait> waits;
  std::vector<Demand> demands;
  std::vector<Refusal> refusals;
  LockCounters last;
  ProgramsSeen seen;
  BootTime clock{};  // the latest reading that these locks have seen; the rules never act before it
  bool operator==(const Locks&) const = default;
};

}  // namespace gilir
