#include "cli/agent/agent_words.h"
#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "core/operations/people/agent_change.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "NAME", .about = N_("the agent"), .completes = Completes::agent}};
constexpr OptionSpec options[] = {
    {.name = "tier", .value = Value::required, .value_name = "T", .about = N_("from 1 to 9")},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir agent move sari --tier 2",
     .about = N_("sari takes turns in tier 2; open tickets stay with sari")},
    {.command = "gilir agent move sari --tier 1", .about = N_("and back, in the same place as before")},
};
constexpr auto fields = field_names<AgentMoved>;

int run(CommandContext& context) {
  MoveAgent operation;
  operation.name = AgentName{context.arguments.required_word("NAME")};
  context.arguments.required_text("tier");
  operation.tier = *context.arguments.number("tier", lowest_tier, highest_tier);
  const auto agent = DeskSession(context).perform(operation);
  if (context.output.json(agent)) return 0;
  const auto name = bold(agent.name.value);
  context.output.line(agent.from_tier == agent.tier
                          ? phrase(_("{} is in tier {} already."), name, agent.tier)
                          : phrase(_("{} takes turns in tier {}, after tier {}."), name, agent.tier, agent.from_tier));
  show_handed_out(context.output, agent.handed_out);
  return 0;
}

}  // namespace

extern constexpr CommandSpec agent_move{
    .path = "agent move",
    .purpose = N_("Put an agent into another tier; for admins."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .takes = {.change = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
