#include "core/operations/ticket/merge.h"

#include <algorithm>

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
    {.name = "into",
     .value = Value::required,
     .value_name = "TICKET",
     .about = N_("the ticket that they become"),
     .needed = true},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir ticket merge 42 43 --into 41", .about = N_("one answer for all three")},
    {.command = "gilir ticket merge 44 --into 41 --cross-reporter", .about = N_("from another office")},
};
constexpr ExitCodeSpec exit_codes[] = {
    {.code = 5,
     .about = N_("it is closed, rejected or in that one already, would be a loop, or needs --cross-reporter")},
};
constexpr auto fields = field_names<MergedView>;

// A number that is part of another ticket means that one, which has moved with all its parts.
void note_parents(Output& output, DeskSession& desk, const MergeTickets& operation, const MergedTickets& result) {
  const auto has_moved = [&](TicketNumber number) {
    return std::ranges::find(result.merged, number, &MergedView::number) != result.merged.end();
  };
  for (const auto asked : operation.sources) {
    std::optional<TicketNumber> end = asked;
    while (end && !has_moved(*end))
      end = desk.desk().perform(Call{desk.call().caller}, ShowTicket{*end}).result.merged_into;
    if (end) note_followed(output, asked, *end);
  }
}

void note_told_apart(Output& output, const std::vector<MergedView>& merged) {
  for (const auto& one : merged) {
    if (!one.told_apart) continue;
    output.note(
        warning(plain_text(phrase(_("Somebody had said that {0} and {1} are not the same; gilir ticket unmerge {2} "
                                    "takes the merge back."),
                                  one.number, one.into, one.number.value))));
  }
}

int run(CommandContext& context) {
  MergeTickets operation;
  const auto into = context.arguments.ticket("into");
  if (!into)
    throw usage_error(UsageProblem::missing_option).with("option", "--into").with("command", context.command.path);
  operation.sources = context.arguments.tickets("TICKET", context.input);
  operation.into = *into;
  operation.cross_reporter = context.arguments.flag("cross-reporter");
  DeskSession desk(context);
  const auto result = desk.perform(operation);
  const auto& merged = result.merged;
  note_parents(context.output, desk, operation, result);
  note_told_apart(context.output, merged);
  if (!merged.empty()) note_followed(context.output, operation.into, merged.front().into);
  if (context.output.json(merged)) return 0;
  for (const auto& one : merged) {
    Line line = phrase(_("{} is part of {} now."), one.number, one.into);
    if (!one.moved.empty()) line += dim(std::string(" (") + one.moved + ")");
    context.output.line(line);
  }
  std::vector<TicketNumber> sources;
  for (const auto& one : merged) sources.push_back(one.number);
  if (!sources.empty()) show_answer_missed(context.output, desk, sources, merged.front().into);
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
