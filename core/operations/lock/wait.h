// What a waiting process asks between its renewals: where its place stands, and to leave the line.
#pragma once

#include <string>
#include <vector>

#include "core/operations/lock/acquire.h"
#include "core/operations/operation.h"

namespace gilir {

struct WaitState {
  // The place is there still; otherwise asking with lock.acquire tells why it ended.
  bool there = false;
  // Its turn has come: lock.acquire takes it up.
  bool offered = false;
  std::vector<PositionView> positions;
  // Until time alone changes something here, in milliseconds; none when nothing is due.
  std::optional<std::int64_t> next_due_ms;
};
BOOST_DESCRIBE_STRUCT(WaitState, (), (there, offered, positions, next_due_ms))

// lock.look: reads only.
struct LookAtWait {
  WaitId wait;

  using Result = WaitState;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(LookAtWait, (), (wait))

struct LeftLine {
  bool left = false;
};
BOOST_DESCRIBE_STRUCT(LeftLine, (), (left))

// lock.leave: the process gives up its wait; the place ends with its last wait.
struct LeaveLine {
  WaitId wait;
  bool timed_out = false;

  using Result = LeftLine;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(LeaveLine, (), (wait, timed_out))

}  // namespace gilir
