// An agent as people and scripts see him.
#pragma once

#include <vector>

#include "core/operations/context.h"
#include "core/people/people.h"

namespace gilir {

struct AgentView {
  AgentName name;
  int tier = lowest_tier;
  Role role{};
  bool present = true;
  // Where he stands among the tier's present agents: 1 gets the next ticket; 0 while away.
  int turn = 0;
  // Tickets that are his now, those put aside included.
  std::int64_t open_tickets = 0;
  WallTime added{};
};
BOOST_DESCRIBE_STRUCT(AgentView, (), (name, tier, role, present, turn, open_tickets, added))

AgentView agent_view(Context& context, const Agent& agent);
// In the order given; each tier's turn is read once.
std::vector<AgentView> agent_views(Context& context, const std::vector<Agent>& agents);

}  // namespace gilir
