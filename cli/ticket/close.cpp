#include "core/operations/ticket/close.h"

#include "cli/ticket/change_tickets.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {several_tickets};
constexpr ExampleSpec examples[] = {
    {.command = "gilir ticket close 41", .about = N_("nothing more will happen to #41")},
    {.command = "gilir ticket list --status resolved --format=ids | gilir ticket close -",
     .about = N_("close what is resolved")},
};
constexpr ExitCodeSpec exit_codes[] = {{.code = 5, .about = N_("it is not resolved")}};
constexpr auto fields = field_names<Ticket>;

int run(CommandContext& context) {
  return change_tickets(context, CloseTicket{}, _("{} is closed."));
}

}  // namespace

extern constexpr CommandSpec ticket_close{
    .path = "ticket close",
    .purpose = N_("Close a resolved ticket."),
    .positionals = positionals,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.change = true, .version = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
