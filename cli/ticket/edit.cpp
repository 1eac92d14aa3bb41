#include "core/operations/ticket/edit.h"

#include "cli/output/message.h"
#include "cli/ticket/change_tickets.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {several_tickets};
constexpr OptionSpec options[] = {
    {.name = "category", .value = Value::required, .value_name = "CATEGORY", .about = N_("its category; empty: none")},
    {.name = "not-urgent", .about = N_("it waits like any other")},
    {.name = "office",
     .value = Value::required,
     .value_name = "OFFICE",
     .about = N_("the reporter's office; an unknown reporter is added")},
    {.name = "reporter", .value = Value::required, .value_name = "REPORTER", .about = N_("who reported it")},
    {.name = "server",
     .value = Value::required,
     .value_name = "SERVER",
     .about = N_("the server that it is about; empty: none")},
    {.name = "title",
     .letter = 't',
     .value = Value::required,
     .value_name = "TITLE",
     .about = N_("one line that says what is wrong")},
    {.name = "urgent", .about = N_("it goes before others")},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir ticket edit 41 -t 'Printer at desk 2 smokes' --urgent", .about = N_("what is not named stays")},
    {.command = "gilir ticket edit 41 --reporter Siti --office kantor-7", .about = N_("it was Siti who called")},
};
constexpr ExitCodeSpec exit_codes[] = {{.code = 3, .about = N_("no such ticket, reporter, server or category")}};
constexpr auto fields = field_names<Ticket>;

std::optional<bool> urgency(const Arguments& arguments) {
  const bool urgent = arguments.flag("urgent");
  if (urgent && arguments.flag("not-urgent")) {
    throw usage_error(UsageProblem::conflicting_options).with("option", "--urgent").with("other", "--not-urgent");
  }
  if (!urgent && !arguments.flag("not-urgent")) return std::nullopt;
  return urgent;
}

EditTicket parse(const Arguments& arguments) {
  const bool has_body = arguments.given("message") || arguments.given("file");
  if (!has_body && !arguments.any_given(options)) throw nothing_to_change();
  EditTicket operation;
  operation.title = arguments.text("title");
  if (const auto server = arguments.text("server")) operation.server = ServerName{*server};
  operation.category = arguments.text("category");
  operation.urgent = urgency(arguments);
  operation.reporter = arguments.text("reporter");
  operation.office = arguments.text("office");
  return operation;
}

int run(CommandContext& context) {
  auto operation = parse(context.arguments);
  auto message = Message::read_if_given(context);
  if (context.arguments.given("message") || context.arguments.given("file")) operation.body = message.text();
  const int code = change_tickets(context, operation, _("{} is changed."));
  message.saved();
  return code;
}

}  // namespace

extern constexpr CommandSpec ticket_edit{
    .path = "ticket edit",
    .purpose = N_("Correct what was filed; what is not named stays as it is."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.change = true, .version = true, .message = true, .may_lack_message = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
