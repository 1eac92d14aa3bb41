// agent.add, agent.list and agent.show: who works on the desk's tickets.
#pragma once

#include <vector>

#include "core/operations/operation.h"
#include "core/operations/people/agent_view.h"
#include "core/operations/ticket/assignment.h"

namespace gilir {

struct AgentAdded : AgentView {
  // Tickets that had waited for somebody of the tier.
  std::vector<HandedOut> handed_out;
};
BOOST_DESCRIBE_STRUCT(AgentAdded, (AgentView), (handed_out))

// The newcomer is present and stands behind all who wait for a turn; one who was in the tier before has the place
// that he kept. Error{exists}, also for a name that differs from another's in upper and lower case only: {given}.
struct AddAgent {
  AgentName name;
  std::int64_t tier = lowest_tier;
  Role role{};

  using Result = AgentAdded;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(AddAgent, (), (name, tier, role))

struct AgentPage {
  std::vector<AgentView> agents;
  bool truncated = false;
  std::optional<std::int64_t> total = {};
};
BOOST_DESCRIBE_STRUCT(AgentPage, (), (agents, truncated, total))

// In order of name.
struct ListAgents {
  std::optional<AgentName> after = {};
  std::int64_t limit = 100;
  bool count = false;

  using Result = AgentPage;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(ListAgents, (), (after, limit, count))

// Without a name: the caller.
struct ShowAgent {
  std::optional<AgentName> name = {};

  using Result = AgentView;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(ShowAgent, (), (name))

}  // namespace gilir
