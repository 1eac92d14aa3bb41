// log.compare: whether the desk's rows are what its log tells. The chain proves the log; this holds the rows against
// it.
#pragma once

#include <string>
#include <vector>

#include "core/event/event.h"
#include "core/operations/operation.h"

namespace gilir {

// One thing that the log tells otherwise than the rows. An empty word: there is none on that side.
struct LogDifference {
  SubjectKind kind{};
  std::string name;
  // "" when it is about the whole of it: it is there, or it is not.
  std::string field;
  std::string log;
  std::string row;
};
BOOST_DESCRIBE_STRUCT(LogDifference, (), (kind, name, field, log, row))

struct LogComparison {
  // The first 100 of them.
  std::vector<LogDifference> differences;
  std::int64_t total = 0;
};
BOOST_DESCRIBE_STRUCT(LogComparison, (), (differences, total))

struct CompareLog {
  using Result = LogComparison;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(CompareLog, (), ())

}  // namespace gilir
