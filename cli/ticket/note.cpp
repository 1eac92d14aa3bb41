#include "core/operations/ticket/note.h"

#include "cli/output/message.h"
#include "cli/ticket/change_tickets.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {
    {.name = "TICKET", .about = N_("the tickets: 41, 41-43,50, or - for standard input"), .count = Count::many}};
constexpr ExampleSpec examples[] = {
    {.command = "gilir ticket note 41 -m 'the disk is full again'", .about = N_("for colleagues only")},
    {.command = "gilir ticket note 41 -F findings.txt", .about = N_("from a file")},
};
constexpr auto fields = field_names<Ticket>;

int run(CommandContext& context) {
  auto message = Message::read(context);
  const int code = change_tickets(
      context, [&](TicketNumber number) { return NoteOnTicket{number, message.text()}; },
      _("Noted on {}, for colleagues only."));
  message.saved();
  return code;
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
