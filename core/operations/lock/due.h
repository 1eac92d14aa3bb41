// lock.due: what fell due at a server since the last change there. The next change writes it down; until then its log
// tells less than its lock shows.
#pragma once

#include <vector>

#include "core/event/event.h"
#include "core/operations/operation.h"

namespace gilir {

// As the log will tell them, in order; without numbers.
struct LockEventsDue {
  std::vector<Event> events;
};
BOOST_DESCRIBE_STRUCT(LockEventsDue, (), (events))

struct ListDueEvents {
  ServerName server;

  using Result = LockEventsDue;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(ListDueEvents, (), (server))

}  // namespace gilir
