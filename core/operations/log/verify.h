// log.verify: whether the desk's history is whole.
#pragma once

#include <optional>

#include "core/event/event_table.h"
#include "core/operations/operation.h"

namespace gilir {

// Walks the whole chain and gives its head; with `head`, one given earlier and kept elsewhere, it must be in
// the chain still. Error{chain_broken}.
struct VerifyLog {
  std::optional<LogHead> head = {};

  using Result = LogHead;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(VerifyLog, (), (head))

}  // namespace gilir
