#include "core/operations/ticket/reply.h"

#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/output/message.h"
#include "cli/output/times.h"
#include "cli/ticket/ticket_words.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "TICKET", .about = N_("the ticket")}};
constexpr OptionSpec options[] = {
    {.name = "next-news",
     .value = Value::required,
     .value_name = "D",
     .about = N_("promise the reporters news within this time")},
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
  const auto ticket = DeskSession(context).perform(operation);
  message.saved();
  note_followed(context.output, number, ticket.number);
  if (context.output.json(ticket)) return 0;
  Line line = phrase(plural("Sent to the reporter of {}.", "Sent to the {1} reporters of {0}.",
                            static_cast<unsigned long>(ticket.voices)),
                     ticket.number, ticket.voices);
  if (ticket.next_news) {
    line += phrase(_(" Next news by {}."), full_time(*ticket.next_news, context.clock.now().wall));
  }
  context.output.line(line);
  return 0;
}

}  // namespace

extern constexpr CommandSpec ticket_reply{
    .path = "ticket reply",
    .purpose = N_("Write to the reporters of a ticket."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .takes = {.change = true, .version = true, .message = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
