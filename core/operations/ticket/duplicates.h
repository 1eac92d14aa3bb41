// ticket.duplicates: compares a ticket afresh with what the desk has now.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/operations/operation.h"
#include "core/operations/ticket/ticket_view.h"

namespace gilir {

struct LookAlike : DuplicateView {
  std::string title;
  TicketStatus status{};
  std::optional<AgentName> assignee;
};
BOOST_DESCRIBE_STRUCT(LookAlike, (DuplicateView), (title, status, assignee))

struct LookAlikes {
  std::vector<LookAlike> duplicates;
};
BOOST_DESCRIBE_STRUCT(LookAlikes, (), (duplicates))

// Best first, at most five.
struct FindDuplicates {
  TicketNumber number;

  using Result = LookAlikes;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(FindDuplicates, (), (number))

}  // namespace gilir
