// reporter.show, reporter.edit, reporter.near and reporter.merge.
#pragma once

#include <optional>
#include <string>
#include <vector>

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

struct NearReporters {
  std::vector<Reporter> reporters;
};
BOOST_DESCRIBE_STRUCT(NearReporters, (), (reporters))

// Who may be meant by a name and office that nobody has: somebody of a similar name in that office, or of that name in
// a similar one, at most three. Names that differ in a number are not similar. Empty when the name is known there.
struct FindNearReporters {
  std::string name;
  std::string office;

  using Result = NearReporters;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(FindNearReporters, (), (name, office))

struct MergedReporter : ReporterDetails {
  // Who they were.
  std::string merged_name;
  std::string merged_office;
};
BOOST_DESCRIBE_STRUCT(MergedReporter, (ReporterDetails), (merged_name, merged_office))

// Two entries of one person become one: tickets and voices are those of `into`, which is found by the other name too
// from now on. For supervisors, as it cannot be taken back. Error{not_found, invalid}.
struct MergeReporter {
  std::string name;
  std::optional<std::string> office = {};
  std::string into;
  std::optional<std::string> into_office = {};

  using Result = MergedReporter;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(MergeReporter, (), (name, office, into, into_office))

}  // namespace gilir
