#include "core/people/turn.h"

#include <algorithm>
#include <tuple>

namespace gilir {
namespace {

// Served places are even, a newcomer takes the odd number just below the last one served.
constexpr std::int64_t step = 2;

std::int64_t last_place(const std::vector<Agent>& tier) {
  std::int64_t last = 0;
  for (const auto& agent : tier) last = std::max(last, agent.turn);
  return last + last % 2;
}

}  // namespace

std::optional<AgentName> next_in_turn(const std::vector<Agent>& tier, const std::optional<AgentName>& passed_over) {
  const Agent* next = nullptr;
  const auto place = [&](const Agent& agent) { return std::tuple(passed_over == agent.name, agent.turn, agent.name); };
  for (const auto& agent : tier) {
    if (!agent.present) continue;
    if (next == nullptr || place(agent) < place(*next)) next = &agent;
  }
  if (next == nullptr) return std::nullopt;
  return next->name;
}

std::int64_t place_after_turn(const std::vector<Agent>& tier) {
  return last_place(tier) + step;
}

std::int64_t place_for_newcomer(const std::vector<Agent>& tier) {
  return last_place(tier) - 1;
}

}  // namespace gilir
