// Why a lease lives: its holds, kept by processes that are found again or taken for a time; and the marks of those
// whose sessions are not known to be over. Rows of the locks, as in core/lock/types.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/base/clock.h"
#include "core/base/describe.h"
#include "core/base/ids.h"
#include "core/lock/deadline.h"
#include "core/lock/demand.h"

namespace gilir {

// Groups the holds of one acquire of several servers; 0 for a hold that stands alone.
using HoldSetId = StrongNumber<struct HoldSetTag>;

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

}  // namespace gilir
