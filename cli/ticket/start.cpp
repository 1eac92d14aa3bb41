#include "core/operations/ticket/start.h"

#include "cli/ticket/change_tickets.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {several_tickets};
constexpr ExampleSpec examples[] = {
    {.command = "gilir ticket start 41", .about = N_("you work on #41 now")},
    {.command = "gilir ticket start 41 --as sari", .about = N_("as another agent")},
};
constexpr ExitCodeSpec exit_codes[] = {
    {.code = 5, .about = N_("somebody else works on it, or it is finished")},
};
constexpr auto fields = field_names<Ticket>;

int run(CommandContext& context) {
  return change_tickets(context, StartTicket{}, _("{} is in progress, and {} works on it."));
}

}  // namespace

extern constexpr CommandSpec ticket_start{
    .path = "ticket start",
    .purpose = N_("Begin to work on a ticket."),
    .positionals = positionals,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.change = true, .version = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
