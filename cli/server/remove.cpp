#include "core/operations/server/remove.h"

#include "cli/desk_session.h"
#include "cli/server/server_options.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "SERVER", .about = N_("the server")}};
constexpr OptionSpec options[] = {{.name = "force", .about = N_("also while open tickets name it")}};
constexpr ExampleSpec examples[] = {
    {.command = "gilir server remove kantor-123", .about = N_("the desk forgets it; its history stays")},
    {.command = "gilir server remove kantor-123 --dry-run", .about = N_("whether that is possible now")},
};
constexpr ExitCodeSpec exit_codes[] = {
    {5, N_("somebody holds it, a session there may still stand, or open tickets name it")}};
constexpr auto fields = field_names<ServerView>;

int run(CommandContext& context) {
  const ForgetServer operation{ServerName{context.arguments.required_word("SERVER")}, context.arguments.flag("force")};
  const auto server = DeskSession(context).perform(operation);
  if (!context.output.json(server)) context.output.line(phrase(_("{} is removed."), bold(server.name.value)));
  return 0;
}

}  // namespace

extern constexpr CommandSpec server_remove{
    .path = "server remove",
    .purpose = N_("Remove a server that nobody uses; for admins."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.change = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
