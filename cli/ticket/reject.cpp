#include "core/operations/ticket/reject.h"

#include "cli/ticket/change_tickets.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {several_tickets};
constexpr ExampleSpec examples[] = {
    {.command = "gilir ticket reject 41 -m 'Private telephones are not ours.'", .about = N_("its reporters read this")},
    {.command = "gilir ticket reject 41-43 -F letter.txt", .about = N_("several, all or none")},
};
constexpr ExitCodeSpec exit_codes[] = {{.code = 5, .about = N_("it is finished already")}};
constexpr auto fields = field_names<Ticket>;

int run(CommandContext& context) {
  return change_tickets_with_text(context, &RejectTicket::answer, _("{} is rejected; the reason is recorded."),
                                  RejectTicket{}, EventKind::ticket_rejected);
}

}  // namespace

extern constexpr CommandSpec ticket_reject{
    .path = "ticket reject",
    .purpose = N_("Say that it will not be worked on, and why, to all its reporters."),
    .positionals = positionals,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.change = true, .version = true, .message = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
