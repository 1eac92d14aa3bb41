#pragma once

#include <vector>

#include "core/base/describe.h"
#include "core/base/ids.h"

namespace gilir::cli {

// How a command under a lock went.
struct RunOutcome {
  bool ran = false;
  int status = 0;
  bool lease_lost = false;
  // Not part of what scripts read: where the lock may stand on after it, and whether a person sat there.
  std::vector<ServerName> stays{};
  bool at_terminal = false;
};
BOOST_DESCRIBE_STRUCT(RunOutcome, (), (ran, status, lease_lost))

}  // namespace gilir::cli
