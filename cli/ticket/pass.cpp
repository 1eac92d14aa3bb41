#include "core/operations/ticket/pass.h"

#include "cli/ticket/change_tickets.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {several_tickets};
constexpr ExampleSpec examples[] = {
    {.command = "gilir ticket pass 41 -m 'I do not know this machine.'", .about = N_("somebody else gets it, by turn")},
    {.command = "gilir ticket pass 41-43 -m 'I am ill.'", .about = N_("several, all or none")},
};
constexpr ExitCodeSpec exit_codes[] = {
    {.code = 5, .about = N_("somebody else works on it, nobody does, or it is finished")},
};
constexpr auto fields = field_names<PassedTicket>;

int run(CommandContext& context) {
  return change_tickets_with_text(context, &PassTicket::reason, _("{0} is back in the turn of tier {2}, with {1}."));
}

}  // namespace

extern constexpr CommandSpec ticket_pass{
    .path = "ticket pass",
    .purpose = N_("Give a ticket back to the turn: it goes to somebody else while others are there."),
    .positionals = positionals,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.change = true, .version = true, .message = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
