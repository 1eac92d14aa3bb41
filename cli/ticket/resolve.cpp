#include "core/operations/ticket/resolve.h"

#include "cli/ticket/change_tickets.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {several_tickets};
constexpr ExampleSpec examples[] = {
    {.command = "gilir ticket resolve 41 -m 'Restarted the print spooler.'", .about = N_("with the answer")},
    {.command = "gilir ticket resolve 41-43 -m 'The line is up again.'", .about = N_("several, all or none")},
};
constexpr ExitCodeSpec exit_codes[] = {{.code = 5, .about = N_("it is finished already")}};
constexpr auto fields = field_names<Ticket>;

int run(CommandContext& context) {
  return change_tickets_with_text(context, &ResolveTicket::answer, _("{} is resolved; the answer is recorded."),
                                  ResolveTicket{}, EventKind::ticket_resolved);
}

}  // namespace

extern constexpr CommandSpec ticket_resolve{
    .path = "ticket resolve",
    .purpose = N_("Say that it is solved, and record the answer for all its reporters."),
    .positionals = positionals,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.change = true, .version = true, .message = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
