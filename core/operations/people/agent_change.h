// agent.move and agent.remove: an agent changes tier or role, or leaves the desk.
#pragma once

#include <optional>
#include <vector>

#include "core/operations/operation.h"
#include "core/operations/people/agent_view.h"
#include "core/operations/ticket/assignment.h"

namespace gilir {

struct AgentMoved : AgentView {
  int from_tier = lowest_tier;
  Role from_role{};
  // Tickets that had waited for somebody of the new tier.
  std::vector<HandedOut> handed_out;
};
BOOST_DESCRIBE_STRUCT(AgentMoved, (AgentView), (from_tier, from_role, handed_out))

// What is not named stays as it is. The agent's tickets stay theirs, and at their tiers. In the turn of a tier where
// they have been before they have the place that they kept; else a newcomer's. Error{in_use} where nobody would be
// admin any more.
struct MoveAgent {
  AgentName name;
  std::optional<std::int64_t> tier = {};
  std::optional<Role> role = {};

  using Result = AgentMoved;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(MoveAgent, (), (name, tier, role))

struct AgentRemoved {
  AgentName name;
  // His tickets and who has them now; nobody, where nobody of the tier is present.
  std::vector<HandedOut> handed_out;
};
BOOST_DESCRIBE_STRUCT(AgentRemoved, (), (name, handed_out))

// His open tickets return to the turn of their tiers and his places in line end; what is over keeps his name.
// Error{in_use} while he holds a server, or has too many tickets to hand out at once.
struct RemoveAgent {
  AgentName name;

  using Result = AgentRemoved;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(RemoveAgent, (), (name))

}  // namespace gilir
