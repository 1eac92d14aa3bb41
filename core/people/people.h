// Agents, who work on tickets, and reporters, who file them. Plain rows; the rules are in turn.h.
#pragma once

#include <optional>
#include <string>

#include "core/base/clock.h"
#include "core/base/describe.h"
#include "core/base/ids.h"

namespace gilir {

enum class Role { agent, supervisor, admin };
BOOST_DESCRIBE_ENUM(Role, agent, supervisor, admin)

inline constexpr int lowest_tier = 1;
inline constexpr int highest_tier = 9;

struct Agent {
  AgentName name;
  int tier = lowest_tier;
  Role role{};
  bool present = true;
  // Where the agent stands in the tier's turn: the smallest goes next. See turn.h.
  std::int64_t turn = 0;
  WallTime added{};
};
BOOST_DESCRIBE_STRUCT(Agent, (), (name, tier, role, present, turn, added))

// A reporter is known by name and office together: two offices may each have a Budi.
struct Reporter {
  std::int64_t id = 0;
  std::string name;
  std::string office;
  std::string contact;
};
BOOST_DESCRIBE_STRUCT(Reporter, (), (id, name, office, contact))

}  // namespace gilir
