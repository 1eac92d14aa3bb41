#include "cli/arguments.h"
#include "cli/perform_and_show.h"
#include "cli/reporter/reporter_words.h"
#include "cli/usage_error.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {
    {.name = "NAME", .about = N_("the reporter"), .completes = Completes::reporter}};
constexpr OptionSpec options[] = {
    {.name = "contact", .value = Value::required, .value_name = "C", .about = N_("a telephone number or an address")},
    {.name = "name", .value = Value::required, .value_name = "N", .about = N_("the name from now on")},
    {.name = "new-office", .value = Value::required, .value_name = "O", .about = N_("the office from now on")},
    {.name = "office",
     .value = Value::required,
     .value_name = "O",
     .about = N_("where the reporter works, when the name is known in several offices")},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir reporter edit Budi --contact '021 555 123'", .about = N_("how to reach Budi")},
    {.command = "gilir reporter edit Budi --office kantor-123 --new-office kantor-7", .about = N_("Budi has moved")},
};
constexpr ExitCodeSpec exit_codes[] = {{.code = 5, .about = N_("somebody of that name is known in that office")}};
constexpr auto fields = field_names<ReporterDetails>;

int run(CommandContext& context) {
  EditReporter operation;
  operation.name = context.arguments.required_word("NAME");
  operation.office = context.arguments.text("office");
  operation.new_name = context.arguments.text("name");
  operation.new_office = context.arguments.text("new-office");
  operation.contact = context.arguments.text("contact");
  if (!operation.new_name && !operation.new_office && !operation.contact) throw nothing_to_change();
  return perform_and_show(context, operation, show_reporter);
}

}  // namespace

extern constexpr CommandSpec reporter_edit{
    .path = "reporter edit",
    .purpose = N_("Change a reporter; what is not named stays as it is."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.change = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
