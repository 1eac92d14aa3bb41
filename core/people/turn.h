// Whose turn it is: strict round robin within a tier, as a queue that absence does not disturb.
//
// Every agent has a place number; the present agent with the smallest goes next and then moves behind
// everybody else. It follows that two agents who are both present over a stretch alternate, so their shares
// differ by at most one. An agent who is away keeps his place: he misses turns, gains none, and cannot dodge
// one by leaving and coming back. A newcomer is placed just before the agent served last: behind all who
// wait, but never so that the agent served last is served again while somebody waits.
//
// Who leaves the tier keeps his place there as if he were away, so that leaving and coming back gains no turn.
//
// Pure; ties, which only newcomers of the same gap have, go by name.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/people/people.h"

namespace gilir {

// The agent of `tier` whose turn it is, or none when nobody is present. `passed_over` gives his ticket back to the
// turn: it is not his again while somebody else is present, and he keeps his place.
std::optional<AgentName> next_in_turn(const std::vector<Agent>& tier,
                                      const std::optional<AgentName>& passed_over = std::nullopt);

// The place number of the agent who has just been served; `tier` is all agents of the tier, absent ones too.
std::int64_t place_after_turn(const std::vector<Agent>& tier);

// The place number of an agent who joins.
std::int64_t place_for_newcomer(const std::vector<Agent>& tier);

}  // namespace gilir
