#include "core/operations/ticket/note.h"

#include "cli/ticket/change_tickets.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {several_tickets};
constexpr ExampleSpec examples[] = {
    {.command = "gilir ticket note 41 -m 'the disk is full again'", .about = N_("for colleagues only")},
    {.command = "gilir ticket note 41 -F findings.txt", .about = N_("from a file")},
};
constexpr auto fields = field_names<Ticket>;

int run(CommandContext& context) {
  return change_tickets_with_text(context, &NoteOnTicket::text, _("Noted on {}, for colleagues only."));
}

}  // namespace

extern constexpr CommandSpec ticket_note{
    .path = "ticket note",
    .purpose = N_("Write an internal note, which no reporter sees."),
    .positionals = positionals,
    .examples = examples,
    .takes = {.change = true, .version = true, .message = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
