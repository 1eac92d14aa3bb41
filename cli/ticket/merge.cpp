#include "core/operations/ticket/merge.h"

#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/ticket/change_tickets.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "TICKET",
                                           .about = N_("the tickets to merge: 42 43, 42-45, or - for standard input"),
                                           .count = Count::many}};
constexpr OptionSpec options[] = {
    {.name = "cross-reporter", .about = N_("also when they come from different reporters or offices")},
    {.name = "into", .value = Value::required, .value_name = "TICKET", .about = N_("the ticket that they become")},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir ticket merge 42 43 --into 41", .about = N_("one answer for all three")},
    {.command = "gilir ticket merge 44 --into 41 --cross-reporter", .about = N_("from another office")},
};
constexpr ExitCodeSpec exit_codes[] = {
    {.code = 5, .about = N_("it is finished or merged, would be a loop, or needs --cross-reporter")},
};
constexpr auto fields = field_names<MergedView>;

int run(CommandContext& context) {
  MergeTickets operation;
  const auto into = context.arguments.ticket("into");
  if (!into)
    throw usage_error(UsageProblem::missing_option).with("option", "--into").with("command", context.command.path);
  operation.sources = context.arguments.tickets("TICKET", context.input);
  operation.into = *into;
  operation.cross_reporter = context.arguments.flag("cross-reporter");
  const auto merged = DeskSession(context).perform(operation).merged;
  if (!merged.empty()) note_followed(context.output, operation.into, merged.front().into);
  if (context.output.json(merged)) return 0;
  for (const auto& one : merged) {
    Line line = phrase(_("{} is part of {} now."), one.number, one.into);
    if (!one.moved.empty()) line += dim(std::string(" (") + one.moved + ")");
    context.output.line(line);
  }
  return 0;
}

}  // namespace

extern constexpr CommandSpec ticket_merge{
    .path = "ticket merge",
    .purpose = N_("Make several tickets one; every number, reporter and receipt lives on."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.change = true, .version = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
