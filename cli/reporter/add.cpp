#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/output/output.h"
#include "core/operations/people/reporter.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "NAME", .about = N_("as people say it")}};
constexpr OptionSpec options[] = {
    {.name = "contact", .value = Value::required, .value_name = "C", .about = N_("a telephone number or an address")},
    {.name = "office", .value = Value::required, .value_name = "O", .about = N_("where the reporter works")},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir reporter add Budi --office kantor-123", .about = N_("Budi of kantor-123")},
    {.command = "gilir reporter add 'Siti Aminah' --contact '021 555 123'", .about = N_("with a telephone number")},
};
constexpr auto fields = field_names<Reporter>;

int run(CommandContext& context) {
  AddReporter operation;
  operation.name = context.arguments.required_word("NAME");
  operation.office = context.arguments.text("office").value_or("");
  operation.contact = context.arguments.text("contact").value_or("");
  const auto reporter = DeskSession(context).perform(operation);
  if (context.output.json(reporter)) return 0;
  const auto name = bold(reporter.name);
  context.output.line(reporter.office.empty() ? phrase(_("{} is known now."), name)
                                              : phrase(_("{} of {} is known now."), name, reporter.office));
  return 0;
}

}  // namespace

extern constexpr CommandSpec reporter_add{
    .path = "reporter add",
    .purpose = N_("Add somebody who files tickets."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .takes = {.change = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
