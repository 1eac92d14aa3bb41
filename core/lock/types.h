// The rows in which a desk keeps its locks, and Locks: those of some servers together, as the rules see them.
// Deadlines are on the boot clock and carry their full term, because after a reboot each starts again with
// it. Ids rise over the whole desk and are never reused.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/describe.h"
#include "core/base/ids.h"
#include "core/lock/deadline.h"
#include "core/lock/demand.h"

namespace gilir {

// Groups the holds of one acquire of several servers; 0 for a hold that stands alone.
using HoldSetId = StrongNumber<struct HoldSetTag>;

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

enum class HoldKind {
  kept,   // renewed by a running process; its session may outlive a silent end, so its end must be reported
  timed,  // ends by itself
};
BOOST_DESCRIBE_ENUM(HoldKind, kept, timed)

// Where the processes of a kept hold are found again when they do not tell of themselves. Numbers mean something only
// in one world: a boot of one machine, with its namespaces (core/process/process_group.h).
struct HolderProcesses {
  std::string world{};             // empty: not known
  std::int64_t started = 0;        // the start of the process that keeps the hold, by the kernel's clock
  std::int64_t group = 0;          // the process group of the program under the lock; 0: none on that machine
  std::int64_t group_started = 0;  // the start of its leader
  bool operator==(const HolderProcesses&) const = default;
};
BOOST_DESCRIBE_STRUCT(HolderProcesses, (), (world, started, group, group_started))

// One reason for a lease to live.
struct Hold {
  HoldId hold;
  LeaseId lease;
  ServerName server;
  HoldSetId set;
  HoldKind kind = HoldKind::kept;
  std::optional<TicketNumber> ticket;
  std::string reason;
  std::string host;
  std::int64_t pid = 0;
  std::string terminal;  // for people, as /dev/pts/3
  WallTime since{};
  Deadline deadline;
  HolderProcesses process{};
  DemandId shows{};  // the demand whose question stands in its session's own line of a terminal that was used lately
  bool operator==(const Hold&) const = default;
};
BOOST_DESCRIBE_STRUCT(Hold, (),
                      (hold, lease, server, set, kind, ticket, reason, host, pid, terminal, since, deadline, process,
                       shows))

// The mark of a kept hold that ended without being reported over: its session may still stand, or what ran in it may
// run on without its connection. It binds the seat of `lease` until it is reported over or `until` is past. A seat
// whose lease is gone while it has such marks is *ending*. When its agent gets the server again, his marks go over to
// the new lease.
struct Unclosed {
  HoldId hold;
  LeaseId lease;
  ServerName server;
  AgentName agent;
  Deadline until;
  Deadline permit;  // until when its process may keep the session open; past for a hold that ran out or was closed
  std::string host{};
  HolderProcesses process{};
  bool stands = false;  // its program was seen to run past its permit: it binds the seat until it is seen to be gone
  bool operator==(const Unclosed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Unclosed, (), (hold, lease, server, agent, until, permit, host, process, stands))

// One agent's position at one exact set of servers, in the one order of all lines, as long as it has a wait.
struct Place {
  PlaceId place;
  std::int64_t sequence = 0;
  AgentName agent;
  bool offered = false;
  bool passed_over = false;  // not renewed lately: it neither gets an offer nor keeps a seat
  Deadline offer;            // meaningful while offered
  bool operator==(const Place&) const = default;
};
BOOST_DESCRIBE_STRUCT(Place, (), (place, sequence, agent, offered, passed_over, offer))

// In order of place, then server.
struct PlaceServer {
  PlaceId place;
  ServerName server;
  auto operator<=>(const PlaceServer&) const = default;
};
BOOST_DESCRIBE_STRUCT(PlaceServer, (), (place, server))

// One process that waits; `deadline` moves with each of its renewals.
struct Wait {
  WaitId wait;
  PlaceId place;
  std::optional<TicketNumber> ticket;
  std::string reason;
  std::string host;
  std::int64_t pid = 0;
  std::string terminal;
  WallTime since{};
  Deadline deadline;
  bool operator==(const Wait&) const = default;
};
BOOST_DESCRIBE_STRUCT(Wait, (), (wait, place, ticket, reason, host, pid, terminal, since, deadline))

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
