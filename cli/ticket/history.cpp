#include "cli/arguments.h"
#include "cli/log/log_words.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "TICKET", .about = N_("the ticket")}};
constexpr OptionSpec options[] = {
    {.name = "public", .about = N_("only what its reporter may see")},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir ticket history 41", .about = N_("what happened to #41, and why its agent got it")},
    {.command = "gilir ticket history 41 --json=at,kind,facts", .about = N_("for a script")},
};

int run(CommandContext& context) {
  ReadLog operation;
  operation.ticket = context.arguments.one_ticket("TICKET");
  operation.public_ = context.arguments.flag("public");
  return show_history(context, std::move(operation));
}

}  // namespace

extern constexpr CommandSpec ticket_history{
    .path = "ticket history",
    .purpose = N_("Show what happened to a ticket, and why its agent got it."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .takes = {.list = true},
    .fields = event_fields,
    .run = run,
};

}  // namespace gilir::cli::commands
