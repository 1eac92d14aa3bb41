#include "core/operations/desk/tick.h"

#include "cli/arguments.h"
#include "cli/config.h"
#include "cli/desk_session.h"
#include "cli/output/due_words.h"
#include "cli/output/output.h"
#include "cli/program_path.h"
#include "core/hooks/hook_starter.h"

namespace gilir::cli::commands {
namespace {

constexpr ExampleSpec examples[] = {
    {.command = "gilir tick", .about = N_("by hand, or from cron every minute")},
    {.command = "gilir tick --json=due", .about = N_("how many of what fell due, for a script")},
};
constexpr auto fields = field_names<Ticked>;

int run(CommandContext& context) {
  DeskSession desk(context);
  auto call = desk.call();
  // Time passes for whoever lets it: that user of the machine need be no agent of the desk.
  if (choose_agent(context.arguments, context.environment).empty()) call.caller = {};
  const auto reply = desk.desk().perform(call, TickDesk{});
  const auto& ticked = reply.result;
  desk.tell(reply.replayed);
  // A runner of hooks that was killed is followed by another, though nothing may have happened since.
  HookStarter hooks(desk.desk().address(), own_program());
  if (hooks.has_hooks() && !desk.call().dry_run) hooks.start();
  if (context.output.json(ticked)) return 0;
  // Nothing due, nothing said: cron sends what is printed by mail.
  for (const auto& due : ticked.due) context.output.line(due_words(due.event, due.count));
  return 0;
}

}  // namespace

extern constexpr CommandSpec tick{
    .path = "tick",
    .purpose = N_("Let happen what fell due: locks that run out, turns of the next in line, tickets put aside."),
    .examples = examples,
    .takes = {.change = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
