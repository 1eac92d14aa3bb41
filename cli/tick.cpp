#include "core/operations/desk/tick.h"

#include "cli/desk_session.h"
#include "cli/output/output.h"

namespace gilir::cli::commands {
namespace {

constexpr ExampleSpec examples[] = {
    {.command = "gilir tick", .about = N_("by hand, or from cron every minute")},
    {.command = "gilir tick --json=due", .about = N_("how many of what fell due, for a script")},
};
constexpr auto fields = field_names<Ticked>;

int run(CommandContext& context) {
  const auto ticked = DeskSession(context).perform(TickDesk{});
  if (context.output.json(ticked)) return 0;
  // Nothing due, nothing said: cron sends what is printed by mail.
  for (const auto& due : ticked.due) context.output.line({due.event, ": ", std::to_string(due.count)});
  return 0;
}

}  // namespace

extern constexpr CommandSpec tick{
    .path = "tick",
    .purpose = N_("Let happen what fell due: ends of holds, lapsed waits, offers to the next in line."),
    .examples = examples,
    .takes = {.change = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
