#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/output/lock_words.h"
#include "cli/session/watching.h"
#include "core/operations/lock/show.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "SERVER", .about = N_("the server")}};
constexpr OptionSpec options[] = {{.name = "until-free", .about = N_("end as soon as it is free and nobody waits")}};
constexpr ExampleSpec examples[] = {
    {.command = "gilir lock watch kantor-123", .about = N_("who comes and goes, until Ctrl-C")},
    {.command = "gilir lock watch kantor-123 --until-free", .about = N_("to be told when it is free")},
};
constexpr auto fields = field_names<LockView>;
constexpr ExitCodeSpec exit_codes[] = {{130, N_("stopped by Ctrl-C")}};

int run(CommandContext& context) {
  SignalSet signals;
  DeskSession desk(context);
  const ServerName server{context.arguments.required_word("SERVER")};
  // First of all, that there is such a server.
  desk.perform(ShowLock{server});
  const auto seen = news_begin_after(desk, server);
  const auto lock = desk.perform(ShowLock{server});
  if (!context.output.json(lock)) show_lock(context.output, lock, desk_now(context));
  context.output.flush();
  return watch_lock(context, desk, server, seen, signals, context.arguments.flag("until-free")) ? 0 : 130;
}

}  // namespace

extern constexpr CommandSpec lock_watch{
    .path = "lock watch",
    .purpose = N_("Follow what happens at a server as it happens."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .exit_codes = exit_codes,
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
