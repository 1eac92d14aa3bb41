#include "core/operations/ticket/reply.h"

#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/output/message.h"
#include "cli/output/times.h"
#include "cli/ticket/ticket_words.h"
#include "cli/ticket/to_tell.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "TICKET", .about = N_("the ticket")}};
constexpr OptionSpec options[] = {
    {.name = "next-news",
     .value = Value::required,
     .value_name = "D",
     .about = N_("promise the reporters the next news within this time; else none is promised")},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir ticket reply 41 -m 'We are looking into it.' --next-news 2h", .about = N_("with a promise")},
    {.command = "gilir ticket reply 41 -F letter.txt", .about = N_("from a file")},
};
constexpr auto fields = field_names<Ticket>;

int run(CommandContext& context) {
  const auto number = context.arguments.one_ticket("TICKET");
  ReplyToTicket operation{number, {}, context.arguments.duration("next-news")};
  auto message = Message::read(context);
  operation.text = message.text();
  DeskSession desk(context);
  const auto ticket = desk.perform(operation);
  message.saved();
  note_followed(context.output, number, ticket.number);
  if (context.output.json(ticket)) return 0;
  Line line = phrase(_("Recorded for the reporters of {}."), ticket.number);
  line += ticket.next_news ? phrase(_(" Next news by {}."), full_time(*ticket.next_news, desk_now(context)))
                           : Line(_(" No next news is promised now."));
  context.output.line(line);
  show_whom_to_tell(context.output, desk, EventKind::ticket_replied, ticket);
  return 0;
}

}  // namespace

extern constexpr CommandSpec ticket_reply{
    .path = "ticket reply",
    .purpose = N_("Record what the reporters of a ticket are to be told."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .takes = {.change = true, .version = true, .message = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
