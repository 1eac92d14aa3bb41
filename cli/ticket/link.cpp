#include "core/operations/ticket/link.h"

#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/ticket/ticket_words.h"
#include "cli/usage_error.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {
    {.name = "TICKET", .about = N_("one ticket")},
    {.name = "OTHER", .about = N_("the other")},
};
constexpr OptionSpec options[] = {{.name = "remove", .about = N_("take the link away")}};
constexpr ExampleSpec examples[] = {
    {.command = "gilir ticket link 41 44", .about = N_("each shows the other as related")},
    {.command = "gilir ticket link 41 44 --remove", .about = N_("they have nothing to do with each other")},
};
constexpr auto fields = field_names<TicketLink>;

Line words(const TicketLink& link, bool remove) {
  if (remove) {
    return link.changed ? phrase(_("{} and {} are no longer related."), link.number, link.other)
                        : phrase(_("{} and {} were not related."), link.number, link.other);
  }
  return link.changed ? phrase(_("{} and {} are related."), link.number, link.other)
                      : phrase(_("{} and {} are related already."), link.number, link.other);
}

int run(CommandContext& context) {
  LinkTickets operation;
  operation.number = context.arguments.one_ticket("TICKET");
  operation.other = context.arguments.one_ticket("OTHER");
  operation.remove = context.arguments.flag("remove");
  const auto link = DeskSession(context).perform(operation);
  note_followed(context.output, operation.number, link.number);
  note_followed(context.output, operation.other, link.other);
  if (!context.output.json(link)) context.output.line(words(link, operation.remove));
  return 0;
}

}  // namespace

extern constexpr CommandSpec ticket_link{
    .path = "ticket link",
    .purpose = N_("Say that two tickets have to do with each other."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .takes = {.change = true, .version = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
