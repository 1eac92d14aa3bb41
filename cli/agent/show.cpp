#include "cli/agent/agent_words.h"
#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/output/times.h"
#include "core/operations/people/agent.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {agent_or_you};
constexpr ExampleSpec examples[] = {
    {.command = "gilir agent show", .about = N_("who you are here")},
    {.command = "gilir agent show sari --json=turn", .about = N_("sari's place in the turn")},
};
constexpr auto fields = field_names<AgentView>;

void show(Output& output, const AgentView& agent, WallTime now) {
  output.line(bold(agent.name.value));
  output.facts({{_("tier"), std::to_string(agent.tier)},
                {_("role"), role_words(agent.role)},
                {_("turn"), turn_words(agent)},
                {_("open tickets"), std::to_string(agent.open_tickets)},
                {_("added"), full_time(agent.added, now)}});
}

int run(CommandContext& context) {
  ShowAgent operation;
  if (const auto name = context.arguments.word("NAME")) operation.name = AgentName{*name};
  const auto agent = DeskSession(context).perform(operation);
  if (!context.output.json(agent)) show(context.output, agent, desk_now(context));
  return 0;
}

}  // namespace

extern constexpr CommandSpec agent_show{
    .path = "agent show",
    .purpose = N_("Show an agent: whose turn it is, and how many tickets they have."),
    .positionals = positionals,
    .examples = examples,
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
