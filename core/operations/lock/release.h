// lock.release: gives one hold back and touches no other; the lease ends with its last hold.
#pragma once

#include <optional>

#include "core/operations/operation.h"

namespace gilir {

struct ReleasedHold {
  ServerName server;
  HoldId hold;
  // The lease ended with it, and the seat with the lease.
  bool lease_over = false;
};
BOOST_DESCRIBE_STRUCT(ReleasedHold, (), (server, hold, lease_over))

// Without `hold`: the caller's only timed hold there. A kept hold is given back by the process that keeps it,
// after its session is closed. Error{lost} when the hold had run out already.
struct ReleaseLock {
  ServerName server;
  std::optional<HoldId> hold;

  using Result = ReleasedHold;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(ReleaseLock, (), (server, hold))

}  // namespace gilir
