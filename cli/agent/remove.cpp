#include "cli/agent/agent_words.h"
#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "core/operations/people/agent_change.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "NAME", .about = N_("the agent"), .completes = Completes::agent}};
constexpr ExampleSpec examples[] = {
    {.command = "gilir agent remove sari", .about = N_("the tickets return to the turn; history keeps the name")},
    {.command = "gilir agent remove sari --dry-run", .about = N_("who would get what")},
};
constexpr ExitCodeSpec exit_codes[] = {{.code = 5, .about = N_("the agent has a server")}};
constexpr auto fields = field_names<AgentRemoved>;

int run(CommandContext& context) {
  const auto removed = DeskSession(context).perform(RemoveAgent{AgentName{context.arguments.required_word("NAME")}});
  if (context.output.json(removed)) return 0;
  context.output.line(phrase(_("{} has left the desk."), bold(removed.name.value)));
  show_returned(context.output, removed.handed_out);
  return 0;
}

}  // namespace

extern constexpr CommandSpec agent_remove{
    .path = "agent remove",
    .purpose = N_("Take an agent off the desk; for admins."),
    .positionals = positionals,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.change = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
