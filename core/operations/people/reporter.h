// reporter.add and reporter.list: who files tickets. A reporter is known by name and office together.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/operations/operation.h"

namespace gilir {

// Error{exists} when the name is known in that office.
struct AddReporter {
  std::string name;
  std::string office;
  std::string contact;

  using Result = Reporter;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(AddReporter, (), (name, office, contact))

struct ReporterPage {
  std::vector<Reporter> reporters;
  bool truncated = false;
  std::optional<std::int64_t> total = {};
};
BOOST_DESCRIBE_STRUCT(ReporterPage, (), (reporters, truncated, total))

// In the order in which they were added; `after` is the last id of the page before.
struct ListReporters {
  std::int64_t after = 0;
  std::int64_t limit = 100;
  bool count = false;

  using Result = ReporterPage;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(ListReporters, (), (after, limit, count))

}  // namespace gilir
