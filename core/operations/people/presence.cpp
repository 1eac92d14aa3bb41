#include "core/operations/people/presence.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/ticket/settle.h"
#include "core/people/people_table.h"

namespace gilir {
namespace {

constexpr std::array people_presence_fields{FieldSpec{"name", "the agent; without it the caller", max_name_bytes}};

Agent agent_meant(Context& context, const std::optional<AgentName>& name) {
  settle_first(context);
  auto agent = get_agent(context.connection(), name.value_or(context.caller().name));
  if (agent.name != context.caller().name) context.require(Role::supervisor);
  return agent;
}

bool set_presence(Context& context, Agent& agent, bool present) {
  if (agent.present == present) return false;
  agent.present = present;
  put_agent(context.connection(), agent);
  context.log(present ? EventKind::agent_back : EventKind::agent_away, {subject(agent.name)},
              {.agent = agent.name, .tier = agent.tier});
  return true;
}

PresenceChanged run(Context& context, const LeaveDesk& operation) {
  auto agent = agent_meant(context, operation.name);
  PresenceChanged result;
  result.changed = set_presence(context, agent, false);
  if (result.changed) result.handed_out = return_claims(context, agent.name);
  static_cast<AgentView&>(result) = agent_view(context, agent);
  return result;
}

PresenceChanged run(Context& context, const ReturnToDesk& operation) {
  auto agent = agent_meant(context, operation.name);
  PresenceChanged result;
  result.changed = set_presence(context, agent, true);
  if (result.changed) result.handed_out = hand_out_waiting(context, agent.tier, "returned");
  static_cast<AgentView&>(result) = agent_view(context, agent);
  return result;
}

}  // namespace

const OperationSpec LeaveDesk::spec =
    describe_operation<LeaveDesk, run>("agent.away", Role::agent, Access::write, people_presence_fields);
const OperationSpec ReturnToDesk::spec =
    describe_operation<ReturnToDesk, run>("agent.back", Role::agent, Access::write, people_presence_fields);

}  // namespace gilir
