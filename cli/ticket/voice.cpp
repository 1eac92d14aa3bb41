#include "core/operations/ticket/voice.h"

#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/ticket/near_question.h"
#include "cli/ticket/ticket_words.h"
#include "cli/ticket/to_tell.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "TICKET", .about = N_("the ticket")}};
constexpr OptionSpec options[] = {
    {.name = "office",
     .value = Value::required,
     .value_name = "OFFICE",
     .about = N_("the reporter's office; an unknown reporter is added")},
    {.name = "reporter",
     .value = Value::required,
     .value_name = "REPORTER",
     .about = N_("who asks for its answer too"),
     .needed = true},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir ticket voice 41 --reporter Siti", .about = N_("Siti has the same problem")},
    {.command = "gilir ticket voice 41 --reporter Budi --office kantor-7", .about = N_("from another office")},
};
constexpr ExitCodeSpec exit_codes[] = {{.code = 3, .about = N_("no such ticket or reporter")}};
constexpr auto fields = field_names<VoicedTicket>;

// With the new voice only.
Ticket alone(const VoicedTicket& ticket) {
  Ticket result = ticket;
  std::erase_if(result.voices, [&](const VoiceFacts& voice) {
    return voice.name != ticket.voice.name || voice.office != ticket.voice.office;
  });
  // One of too many to be named.
  if (result.voices.empty()) result.voices.push_back({ticket.voice.name, ticket.voice.office, {}});
  result.voice_count = 1;
  return result;
}

int run(CommandContext& context) {
  AddVoice operation;
  operation.number = context.arguments.one_ticket("TICKET");
  std::optional<std::string> reporter = context.arguments.required_text("reporter");
  operation.office = context.arguments.text("office");
  DeskSession desk(context);
  ask_whether_known(context, desk, reporter, operation.office);
  operation.reporter = *reporter;
  const auto ticket = desk.perform(operation);
  note_followed(context.output, operation.number, ticket.number);
  const auto who = bold(reporter_words(ticket.voice));
  if (ticket.new_reporter) context.output.note(phrase(_("New reporter: {}."), who));
  if (context.output.json(ticket)) return 0;
  context.output.line(ticket.new_voice ? phrase(_("{} asks for the answer of {} too."), who, ticket.number)
                                       : phrase(_("{} asks for the answer of {} already."), who, ticket.number));
  if (ticket.new_voice)
    show_answer_missed(context.output, desk, EventKind::ticket_voiced, alone(ticket), ticket.number);
  return 0;
}

}  // namespace

extern constexpr CommandSpec ticket_voice{
    .path = "ticket voice",
    .purpose = N_("Add a reporter to those who get a ticket's answer."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.change = true, .version = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
