// lock.renew: gives holds their full term again, all or none. Idempotent, stores no event and rings no bell.
#pragma once

#include <optional>
#include <vector>

#include "core/lock/types.h"
#include "core/operations/operation.h"

namespace gilir {

struct RenewedView {
  HoldId hold;
  Milliseconds expires_in_s{};
};
BOOST_DESCRIBE_STRUCT(RenewedView, (), (hold, expires_in_s))

struct RenewedHolds {
  std::vector<RenewedView> holds;
};
BOOST_DESCRIBE_STRUCT(RenewedHolds, (), (holds))

// A hold as the process that keeps it knows it. An older token is refused: Error{lost}.
struct KeptHold {
  ServerName server;
  HoldId hold;
  LeaseId lease;
  Token token;
};
BOOST_DESCRIBE_STRUCT(KeptHold, (), (server, hold, lease, token))

// The holds of one process. Error{lost} when any of them is over.
struct KeepHolds {
  std::vector<KeptHold> holds;

  using Result = RenewedHolds;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(KeepHolds, (), (holds))

// One hold by name; without `hold` the caller's only timed one at the server.
struct RenewLock {
  ServerName server;
  std::optional<HoldId> hold;

  using Result = RenewedHolds;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(RenewLock, (), (server, hold))

}  // namespace gilir
