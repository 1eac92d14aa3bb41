// agent.away and agent.back: who is in. An agent who is away keeps his tickets and his place in the turn, and
// gets nothing new; what he claimed and has not begun returns to the turn. Tickets that nobody was there for are handed
// out when somebody of their tier is back.
#pragma once

#include <optional>
#include <vector>

#include "core/operations/operation.h"
#include "core/operations/people/agent_view.h"
#include "core/operations/ticket/assignment.h"

namespace gilir {

struct PresenceChanged : AgentView {
  // False when he was away, or back, already.
  bool changed = false;
  // Back: what had waited. Away: what he had claimed; where nobody is present, without an agent.
  std::vector<HandedOut> handed_out;
};
BOOST_DESCRIBE_STRUCT(PresenceChanged, (AgentView), (changed, handed_out))

// Without a name: the caller. For others it takes a supervisor: Error{not_allowed}.
struct LeaveDesk {
  std::optional<AgentName> name = {};

  using Result = PresenceChanged;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(LeaveDesk, (), (name))

struct ReturnToDesk {
  std::optional<AgentName> name = {};

  using Result = PresenceChanged;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(ReturnToDesk, (), (name))

}  // namespace gilir
