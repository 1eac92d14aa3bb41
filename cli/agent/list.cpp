#include "cli/agent/agent_words.h"
#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/list_page.h"
#include "core/operations/people/agent.h"

namespace gilir::cli::commands {
namespace {

constexpr ExampleSpec examples[] = {
    {.command = "gilir agent list", .about = N_("who works here, and whose turn it is")},
    {.command = "gilir agent list --format=ids", .about = N_("the names only")},
};
constexpr auto fields = field_names<AgentView>;

const Table<AgentView>& table() {
  static const Table<AgentView> columns{
      {{"name", N_("AGENT")}, [](const AgentView& agent) { return Cell(agent.name); }},
      {{"tier", N_("TIER"), false, true}, [](const AgentView& agent) { return Cell(agent.tier); }},
      {{.field = "role", .title = N_("ROLE"), .spare = 1},
       [](const AgentView& agent) { return Cell(role_words(agent.role), std::string(enum_name(agent.role))); }},
      {{"open_tickets", N_("OPEN"), false, true}, [](const AgentView& agent) { return Cell(agent.open_tickets); }},
      {{"turn", N_("TURN")},
       [](const AgentView& agent) { return Cell(turn_words(agent), std::to_string(agent.turn)); }},
  };
  return columns;
}

int run(CommandContext& context) {
  ListAgents operation;
  operation.after = name_after<AgentName>(context.arguments);
  operation.limit = rows_asked(context.arguments);
  operation.count = context.arguments.flag("count");
  const auto page = DeskSession(context).perform(operation);
  context.output.list(table(), page.agents, page_of(page, page.agents.empty() ? "" : page.agents.back().name.value));
  return 0;
}

}  // namespace

extern constexpr CommandSpec agent_list{
    .path = "agent list",
    .purpose = N_("List who works on tickets, and whose turn it is."),
    .examples = examples,
    .takes = {.list = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
