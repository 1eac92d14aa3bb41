#include "core/operations/ticket/reopen.h"

#include "cli/ticket/change_tickets.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {several_tickets};
constexpr ExampleSpec examples[] = {
    {.command = "gilir ticket reopen 41 -m 'It is down again.'", .about = N_("back to whoever had it, if they are in")},
    {.command = "gilir ticket reopen 41,44 -m 'The same fault.'", .about = N_("several, all or none")},
};
constexpr ExitCodeSpec exit_codes[] = {{.code = 5, .about = N_("it is open, or part of another ticket")}};
constexpr auto fields = field_names<Ticket>;

int run(CommandContext& context) {
  return change_tickets_with_text(context, &ReopenTicket::reason, _("{} is open again, with {}."));
}

}  // namespace

extern constexpr CommandSpec ticket_reopen{
    .path = "ticket reopen",
    .purpose = N_("Open a finished ticket again, with the reason."),
    .positionals = positionals,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.change = true, .version = true, .message = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
