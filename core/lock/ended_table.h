// What ended lately at the locks, for whoever asks later than it happened: a process that comes to renew a hold which
// was cut, a repeated request whose wait got its turn meanwhile, whoever knocked. Kept for a day; what its own process
// gave back is not among it. Every function runs inside the caller's transaction.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/ids.h"
#include "core/lock/events.h"
#include "core/store/connection.h"

namespace gilir {

// For a migration. Of each kind of thing: a hold that was taken from its process, a wait at its turn (a row for each
// server), a demand by its lease.
inline constexpr std::string_view ended_schema = R"sql(
CREATE TABLE ended (kind TEXT NOT NULL, id INTEGER NOT NULL, server TEXT NOT NULL, because TEXT NOT NULL,
  "by" TEXT NOT NULL, reason TEXT NOT NULL, hold INTEGER NOT NULL, "at" INTEGER NOT NULL,
  PRIMARY KEY (kind, id, server)) STRICT, WITHOUT ROWID;
CREATE INDEX ended_by_age ON ended ("at");
)sql";

inline constexpr Milliseconds ended_counts_for = std::chrono::hours{24};

// Of events that one step led to, all of it.
void store_ended(store::Connection& connection, std::span<const LockEvent> events, WallTime now);

struct EndedHold {
  std::string because;  // "expired", "silence", or the name of the demand's kind
  AgentName by;         // whose demand it was
  std::string reason;
};
std::optional<EndedHold> ended_hold(store::Connection& connection, HoldId hold);

// What a wait got at its turn, in order of name.
struct GrantedHold {
  ServerName server;
  HoldId hold;
  bool shared = false;
};
std::vector<GrantedHold> granted_to(store::Connection& connection, WaitId wait);

// How the last demand against the lease ended: the name of a DemandEnd; or, when it ended the lease, "silence" or the
// name of its kind.
std::optional<std::string> ended_demand(store::Connection& connection, LeaseId lease);

}  // namespace gilir
