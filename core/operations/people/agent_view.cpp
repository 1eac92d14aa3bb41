#include "core/operations/people/agent_view.h"

#include <algorithm>
#include <map>

#include "core/operations/ticket/claims_ahead.h"
#include "core/people/people_table.h"

namespace gilir {
namespace {

// The tier's present agents in the order of their turns.
std::vector<AgentName> order_of_turns(Context& context, const ClaimsAhead& ahead, int tier) {
  const auto known = ahead.turns.find(tier);
  auto agents = known == ahead.turns.end() ? agents_of_tier(context.connection(), tier) : known->second;
  std::erase_if(agents, [](const Agent& agent) { return !agent.present; });
  std::ranges::sort(agents, {}, [](const Agent& agent) { return std::pair(agent.turn, agent.name); });
  std::vector<AgentName> names;
  for (auto& agent : agents) names.push_back(std::move(agent.name));
  return names;
}

std::int64_t count_open_tickets(Context& context, const ClaimsAhead& ahead, const AgentName& agent) {
  auto count = context.connection()
                   .first<std::int64_t>(
                       "SELECT count(*) FROM ticket WHERE assignee = $1 AND status IN ('assigned', 'in_progress', "
                       "'waiting_reporter', 'waiting_unit', 'postponed')",
                       agent)
                   .value_or(0);
  for (const auto& claim : ahead.lapsed) {
    count += (claim.ticket.assignee == agent ? 1 : 0) - (claim.agent == agent ? 1 : 0);
  }
  return count;
}

}  // namespace

AgentView agent_view(Context& context, const Agent& agent) {
  return agent_views(context, {agent}).front();
}

std::vector<AgentView> agent_views(Context& context, const std::vector<Agent>& agents) {
  const auto ahead = claims_ahead(context);
  std::map<int, std::vector<AgentName>> turns;
  std::vector<AgentView> views;
  for (const auto& agent : agents) {
    if (!turns.contains(agent.tier)) turns[agent.tier] = order_of_turns(context, ahead, agent.tier);
    const auto& order = turns[agent.tier];
    const auto place = std::ranges::find(order, agent.name);
    const int turn = place == order.end() ? 0 : static_cast<int>(place - order.begin()) + 1;
    views.push_back({agent.name, agent.tier, agent.role, agent.present, turn,
                     count_open_tickets(context, ahead, agent.name), agent.added});
  }
  return views;
}

}  // namespace gilir
