#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/ticket/ticket_words.h"
#include "core/operations/ticket/told_apart.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {
    {.name = "TICKET", .about = N_("one ticket")},
    {.name = "OTHER", .about = N_("the other, which looks like it")},
};
constexpr OptionSpec options[] = {{.name = "undo", .about = N_("take that back: they may be the same after all")}};
constexpr ExampleSpec examples[] = {
    {.command = "gilir ticket distinct 43 41", .about = N_("neither is suggested for the other again")},
    {.command = "gilir ticket distinct 43 41 --undo", .about = N_("it was said by mistake")},
};
constexpr ExitCodeSpec exit_codes[] = {{.code = 5, .about = N_("one is part of another ticket")}};
constexpr auto fields = field_names<TicketsToldApart>;

Line words(const TicketsToldApart& told, bool undo) {
  if (!undo) return told_apart_line(told.number, told.other);
  return told.changed ? phrase(_("{} and {} may be the same after all."), told.number, told.other)
                      : phrase(_("Nobody said that {} and {} are not the same."), told.number, told.other);
}

int run(CommandContext& context) {
  TellTicketsApart operation;
  operation.number = context.arguments.one_ticket("TICKET");
  operation.other = context.arguments.one_ticket("OTHER");
  operation.undo = context.arguments.flag("undo");
  const auto told = DeskSession(context).perform(operation);
  note_followed(context.output, operation.number, told.number);
  note_followed(context.output, operation.other, told.other);
  if (!context.output.json(told)) context.output.line(words(told, operation.undo));
  return 0;
}

}  // namespace

extern constexpr CommandSpec ticket_distinct{
    .path = "ticket distinct",
    .purpose = N_("Say that two tickets that look alike are not the same."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.change = true, .version = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
