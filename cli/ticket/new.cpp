#include "core/operations/ticket/new.h"

#include <algorithm>

#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/index_words.h"
#include "cli/output/message.h"
#include "cli/output/prompt.h"
#include "cli/ticket/near_question.h"
#include "cli/ticket/same_question.h"
#include "cli/ticket/ticket_words.h"
#include "cli/ticket/to_tell.h"

namespace gilir::cli::commands {
namespace {

constexpr OptionSpec options[] = {
    {.name = "category", .value = Value::required, .value_name = "CATEGORY", .about = N_("one of gilir category list")},
    {.name = "not-duplicate", .about = N_("by turn, whatever it looks like")},
    {.name = "office",
     .value = Value::required,
     .value_name = "OFFICE",
     .about = N_("the reporter's office; an unknown reporter is added")},
    {.name = "reporter",
     .value = Value::required,
     .value_name = "REPORTER",
     .about = N_("who reports it (else yourself)")},
    {.name = "server", .value = Value::required, .value_name = "SERVER", .about = N_("the server that it is about")},
    {.name = "title",
     .letter = 't',
     .value = Value::required,
     .value_name = "TITLE",
     .about = N_("one line that says what is wrong")},
    {.name = "urgent", .about = N_("it goes before others")},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir ticket new -t 'Printer smokes' --reporter Budi --office kantor-123",
     .about = N_("for a caller")},
    {.command = "gilir ticket new -t 'No login' --server kantor-123 -F mail.txt --request-id mail-7781",
     .about = N_("from a mail; repeated, it files once")},
};
constexpr ExitCodeSpec exit_codes[] = {
    {.code = 3, .about = N_("no such reporter, server or category")},
};
constexpr auto fields = field_names<FiledTicket>;

NewTicket read_operation(CommandContext& context) {
  const auto& arguments = context.arguments;
  NewTicket operation;
  const auto title = arguments.text("title");
  operation.title = title ? *title : context.prompt.line(_("What is wrong, in one line?"), "--title");
  operation.reporter = arguments.text("reporter");
  operation.office = arguments.text("office");
  if (const auto server = arguments.text("server")) operation.server = ServerName{*server};
  operation.category = arguments.text("category").value_or("");
  operation.urgent = arguments.flag("urgent");
  operation.not_duplicate = arguments.flag("not-duplicate");
  return operation;
}

bool is_strong(const FiledTicket& ticket, TicketNumber twin) {
  return std::ranges::any_of(ticket.duplicates, [&](const DuplicateView& duplicate) {
    return duplicate.number == twin && duplicate.strength == "strong";
  });
}

Line sticky_line(const FiledTicket& ticket) {
  const auto twin = ticket.twin.value_or(ticket.number);
  const char* words =
      is_strong(ticket, twin) ? _("{}, who has {}: this looks the same") : _("{}, who has {}: this may be the same");
  return phrase(words, assignee_span(ticket.assignee), twin);
}

// Who has it, or would, and why.
Line whose_line(const FiledTicket& ticket, bool dry_run) {
  if (ticket.because == "merged") {
    const auto twin = ticket.twin.value_or(ticket.number);
    return dry_run ? phrase(_("it would be part of {}; its answer would be yours too"), twin)
                   : phrase(_("it is part of {} now; its answer is yours too"), twin);
  }
  if (ticket.because == "waiting") {
    return phrase(_("nobody of tier {} is in: it is handed out when somebody comes back"), ticket.tier);
  }
  if (ticket.because == "sticky") return sticky_line(ticket);
  return phrase(dry_run ? _("{}, whose turn it would be") : _("{}, whose turn it was"), assignee_span(ticket.assignee));
}

void show_receipt(Output& output, const FiledTicket& ticket, bool dry_run) {
  // Its number may be another's by the time it is filed.
  output.line(dry_run ? phrase(_("It would be filed: {}"), ticket.title)
                      : phrase(_("Filed as {}: {}"), ticket.number, ticket.title));
  std::vector<std::pair<std::string, Line>> facts{{_("with"), whose_line(ticket, dry_run)}};
  facts.emplace_back(_("reporter"), Line{reporter_words(ticket.reporter)});
  if (!dry_run) facts.emplace_back(_("follow it"), Line{"gilir ticket show ", ticket.number.value});
  add_look_alikes(ticket.duplicates, facts, ticket.twin);
  output.facts(facts);
}

int run(CommandContext& context) {
  auto operation = read_operation(context);
  auto message = Message::read_if_given(context);
  operation.body = message.text();
  DeskSession desk(context);
  ask_whether_known(context, desk, operation.reporter, operation.office);
  ask_whether_same(context, desk, operation);
  const auto ticket = desk.perform(operation);
  message.saved();
  if (ticket.new_reporter) {
    context.output.note(phrase(_("New reporter: {}."), reporter_words(ticket.reporter)));
  }
  tell_unfinished_index(context.output, ticket.indexing);
  if (context.output.json(ticket)) return 0;
  show_receipt(context.output, ticket, desk.call().dry_run);
  if (operation.merge_into && ticket.twin && !desk.call().dry_run)
    show_answer_missed(context.output, desk, {ticket.number}, *ticket.twin);
  return 0;
}

}  // namespace

extern constexpr CommandSpec ticket_new{
    .path = "ticket new",
    .purpose = N_("File a ticket; the receipt says its number, who has it and why."),
    .options = options,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.change = true, .message = true, .may_lack_message = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
