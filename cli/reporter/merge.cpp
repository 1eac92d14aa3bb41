#include "cli/arguments.h"
#include "cli/perform_and_show.h"
#include "cli/reporter/reporter_words.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {
    {.name = "NAME", .about = N_("the reporter who becomes another"), .completes = Completes::reporter}};
constexpr OptionSpec options[] = {
    {.name = "into",
     .value = Value::required,
     .value_name = "NAME",
     .about = N_("the reporter who stays"),
     .needed = true,
     .completes = Completes::reporter},
    {.name = "into-office",
     .value = Value::required,
     .value_name = "OFFICE",
     .about = N_("where that one works, when the name is known in several offices")},
    {.name = "office",
     .value = Value::required,
     .value_name = "OFFICE",
     .about = N_("where the first one works, when the name is known in several offices")},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir reporter merge 'A. Setiawan' --into 'Agus Setiawan'", .about = N_("two entries of one person")},
    {.command = "gilir reporter merge Budi --office kantor123 --into Budi --into-office kantor-123",
     .about = N_("one of them in a misspelt office")},
};
constexpr ExitCodeSpec exit_codes[] = {{.code = 3, .about = N_("no such reporter")}};
constexpr auto fields = field_names<MergedReporter>;

int run(CommandContext& context) {
  MergeReporter operation;
  operation.name = context.arguments.required_word("NAME");
  operation.office = context.arguments.text("office");
  operation.into = context.arguments.required_text("into");
  operation.into_office = context.arguments.text("into-office");
  return perform_and_show(context, operation, show_reporter);
}

}  // namespace

extern constexpr CommandSpec reporter_merge{
    .path = "reporter merge",
    .purpose = N_("Make two entries of one reporter one, found by both names; for supervisors."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.change = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
