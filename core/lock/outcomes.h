// What the lock arbiter may answer. Plain values.
#pragma once

#include <variant>

#include "core/lock/types.h"

namespace gilir {

struct GrantedSeat {
  ServerName server;
  LeaseId lease;
  HoldId hold;
  Token token;
  bool shared = false;
  Deadline deadline;
};
struct Granted {
  std::vector<GrantedSeat> seats;
};

// 1 is the head of that server's line.
struct LinePosition {
  ServerName server;
  int position = 0;
};
struct Waiting {
  WaitId wait;
  PlaceId place;
  std::vector<LinePosition> positions;
  bool offered = false;  // a fresh wait beside another process of its agent, whose turn is now
  std::optional<BootTime> next_due;
};

enum class BlockReason { holds, ending, offered, waits };
BOOST_DESCRIBE_ENUM(BlockReason, holds, ending, offered, waits)
struct Blocker {
  ServerName server;
  AgentName agent;
  BlockReason because{};
  bool operator==(const Blocker&) const = default;
};
// Who stands before the asker, in the order: holders, ending seats, offers, the line.
struct HeldByOthers {
  std::vector<Blocker> blockers;
};

// The agent's own sessions already are all that the server stands; `session` is the oldest.
struct OwnSession {
  Hold session;
};
struct NotExclusive {
  Lease lease;
};
// `agent` waits at `server` for `other`, who holds it or comes earlier in its line; the last link's other is
// the first link's agent, the asker.
struct CircleLink {
  AgentName agent;
  ServerName server;
  AgentName other;
  BlockReason because{};
};
struct DeadlockRefused {
  std::vector<CircleLink> circle;
};
// The wait is over; its ticket's state tells why, or else it was not renewed in time.
struct NoSuchWait {};
struct RenewedHold {
  HoldId hold;
  Deadline deadline;
};
struct Renewed {
  std::vector<RenewedHold> holds;
};
struct Released {
  bool lease_over = false;  // its seat may still be ending
};
// These holds are over, or never stood under the lease and token named.
struct Lost {
  std::vector<HoldId> holds;
};
struct Left {};
struct Applied {};
struct InUse {
  ServerName server;
};

struct Asked {
  Demand demand;
  bool cut = false;  // it has taken effect already
  Silence silence = Silence::gives;
};
// The lease that was named is over, or is the asker's own.
struct LeaseOver {};
struct AskedAlready {
  Demand standing;
};
// The holder denied the same asker the same.
struct RefusedLately {
  Refusal refusal;
};
struct NoDemand {};

using Outcome =
    std::variant<Granted, Waiting, HeldByOthers, OwnSession, NotExclusive, DeadlockRefused, NoSuchWait, Renewed,
                 Released, Lost, Left, Applied, InUse, Asked, LeaseOver, AskedAlready, RefusedLately, NoDemand>;

}  // namespace gilir
