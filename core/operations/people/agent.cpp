#include "core/operations/people/agent.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/ticket/settle.h"
#include "core/people/agent_name.h"
#include "core/people/people_table.h"

namespace gilir {
namespace {

constexpr std::array agent_add_fields{
    FieldSpec{"name", "letters, digits, dot, underscore and dash", max_name_bytes},
    FieldSpec{"tier", "from 1 to 9", highest_tier},
    FieldSpec{"role", "agent, supervisor or admin", 0},
};
constexpr std::array agent_list_fields{
    FieldSpec{"after", "the last agent of the page before", max_name_bytes},
    FieldSpec{"limit", "how many agents", longest_page},
    FieldSpec{"count", "say how many there are in all", 0},
};
constexpr std::array agent_show_fields{FieldSpec{"name", "the agent; without it the caller", max_name_bytes}};

void check_agent(Context& context, const AddAgent& operation) {
  if (!is_name(operation.name.value)) {
    throw invalid_field("name", "takes letters, digits, dot, underscore and dash, and starts with a letter or digit");
  }
  if (!is_agent_name(operation.name)) {
    throw invalid_field("name", "me, none and numbers mean something else");
  }
  if (operation.tier < lowest_tier) {
    throw invalid_field("tier", "must be from 1 to 9");
  }
  if (find_agent(context.connection(), operation.name)) {
    throw Error(ErrorCode::exists).with("kind", "agent").with("name", operation.name);
  }
  // Names are ASCII, for which SQLite's lower() is enough.
  const auto other = context.connection().first<AgentName>(
      "SELECT name FROM agent WHERE lower(name) = lower($1) LIMIT 1", operation.name);
  if (other) throw Error(ErrorCode::exists).with("kind", "agent").with("name", *other).with("given", operation.name);
}

AgentAdded run(Context& context, const AddAgent& operation) {
  check_agent(context, operation);
  settle_first(context);
  const int tier = static_cast<int>(operation.tier);
  Agent agent;
  agent.name = operation.name;
  agent.tier = tier;
  agent.role = operation.role;
  agent.turn = join_turn(context.connection(), tier, agent.name);
  agent.added = context.now().wall;
  put_agent(context.connection(), agent);
  context.log(EventKind::agent_added, {subject(agent.name)},
              {.agent = agent.name, .tier = tier, .kind = std::string(enum_name(agent.role))});
  AgentAdded added;
  added.handed_out = hand_out_waiting(context, tier, "joined");
  static_cast<AgentView&>(added) = agent_view(context, agent);
  return added;
}

AgentPage run(Context& context, const ListAgents& operation) {
  auto agents = context.connection().all<Agent>(
      "SELECT " + store::columns<Agent>() + " FROM agent WHERE name > $1 ORDER BY name LIMIT $2",
      operation.after.value_or(AgentName{}), operation.limit + 1);
  AgentPage page;
  page.truncated = static_cast<std::int64_t>(agents.size()) > operation.limit;
  if (page.truncated) agents.pop_back();
  page.agents = agent_views(context, agents);
  if (operation.count) page.total = context.connection().first<std::int64_t>("SELECT count(*) FROM agent");
  return page;
}

AgentView run(Context& context, const ShowAgent& operation) {
  return agent_view(context, get_agent(context.connection(), operation.name.value_or(context.caller().name)));
}

}  // namespace

const OperationSpec AddAgent::spec =
    describe_operation<AddAgent, run>("agent.add", Role::admin, Access::write, agent_add_fields);
const OperationSpec ListAgents::spec =
    describe_operation<ListAgents, run>("agent.list", Role::agent, Access::read, agent_list_fields);
const OperationSpec ShowAgent::spec =
    describe_operation<ShowAgent, run>("agent.show", Role::agent, Access::read, agent_show_fields);

}  // namespace gilir
