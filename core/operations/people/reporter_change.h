// reporter.show and reporter.edit.
#pragma once

#include <optional>
#include <string>

#include "core/operations/operation.h"

namespace gilir {

struct ReporterDetails : Reporter {
  // Open tickets whose answer he asks for, by his own filing.
  std::int64_t open_tickets = 0;
};
BOOST_DESCRIBE_STRUCT(ReporterDetails, (Reporter), (open_tickets))

// Without an office the name must be known in exactly one. Error{not_found, invalid}.
struct ShowReporter {
  std::string name;
  std::optional<std::string> office = {};

  using Result = ReporterDetails;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(ShowReporter, (), (name, office))

// What is not named stays as it is. Error{exists} when somebody of that name is known in that office.
struct EditReporter {
  std::string name;
  std::optional<std::string> office = {};
  std::optional<std::string> new_name = {};
  std::optional<std::string> new_office = {};
  std::optional<std::string> contact = {};

  using Result = ReporterDetails;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(EditReporter, (), (name, office, new_name, new_office, contact))

}  // namespace gilir
