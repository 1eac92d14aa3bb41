// agent.move and agent.remove: an agent changes his tier, or leaves the desk.
#pragma once

#include <vector>

#include "core/operations/operation.h"
#include "core/operations/people/agent_view.h"
#include "core/operations/ticket/assignment.h"

namespace gilir {

struct AgentMoved : AgentView {
  int from_tier = lowest_tier;
  // Tickets that had waited for somebody of the new tier.
  std::vector<HandedOut> handed_out;
};
BOOST_DESCRIBE_STRUCT(AgentMoved, (AgentView), (from_tier, handed_out))

// His tickets stay his, and at their tiers. In the turn of a tier where he has been before he has the place that
// he kept; else a newcomer's.
struct MoveAgent {
  AgentName name;
  std::int64_t tier = lowest_tier;

  using Result = AgentMoved;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(MoveAgent, (), (name, tier))

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
