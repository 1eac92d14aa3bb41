#pragma once

#include "core/base/describe.h"

namespace gilir::cli {

// How a command under a lock went.
struct RunOutcome {
  bool ran = false;
  int status = 0;
  bool lease_lost = false;
};
BOOST_DESCRIBE_STRUCT(RunOutcome, (), (ran, status, lease_lost))

}  // namespace gilir::cli
