// desk.tick: what time alone changes, done now, for desks at which nobody happens to write: ends, lapses and
// offers of locks at every server, tickets that come back, claims that no work followed. Every write does the same
// for what it touches.
#pragma once

#include <string>
#include <vector>

#include "core/operations/operation.h"

namespace gilir {

// How many events of one name followed.
struct DueEvents {
  std::string event;
  std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(DueEvents, (), (event, count))

// Empty when nothing was due.
struct Ticked {
  std::vector<DueEvents> due;
};
BOOST_DESCRIBE_STRUCT(Ticked, (), (due))

struct TickDesk {
  using Result = Ticked;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(TickDesk, (), ())

}  // namespace gilir
