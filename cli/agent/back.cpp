#include "cli/agent/agent_words.h"
#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "core/operations/people/presence.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {agent_or_you};
constexpr ExampleSpec examples[] = {
    {.command = "gilir agent back", .about = N_("you take turns again")},
    {.command = "gilir agent back sari", .about = N_("a supervisor says it for sari")},
};
constexpr auto fields = field_names<PresenceChanged>;

int run(CommandContext& context) {
  ReturnToDesk operation;
  if (const auto name = context.arguments.word("NAME")) operation.name = AgentName{*name};
  const auto agent = DeskSession(context).perform(operation);
  if (context.output.json(agent)) return 0;
  const auto name = bold(agent.name.value);
  context.output.line(agent.changed ? phrase(_("{} is back and takes turns in tier {}."), name, agent.tier)
                                    : phrase(_("{} is present already."), name));
  show_handed_out(context.output, agent.handed_out);
  return 0;
}

}  // namespace

extern constexpr CommandSpec agent_back{
    .path = "agent back",
    .purpose = N_("Say that you, or an agent, take turns again."),
    .positionals = positionals,
    .examples = examples,
    .takes = {.change = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
