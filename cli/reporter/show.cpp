#include "cli/arguments.h"
#include "cli/perform_and_show.h"
#include "cli/reporter/reporter_words.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {
    {.name = "NAME", .about = N_("the reporter"), .completes = Completes::reporter}};
constexpr OptionSpec options[] = {
    {.name = "office",
     .value = Value::required,
     .value_name = "O",
     .about = N_("where the reporter works, when the name is known in several offices")},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir reporter show Budi", .about = N_("how to reach Budi, and how many tickets are open")},
    {.command = "gilir reporter show Budi --office kantor-123", .about = N_("of two who are called so")},
};
constexpr auto fields = field_names<ReporterDetails>;

int run(CommandContext& context) {
  const ShowReporter operation{context.arguments.required_word("NAME"), context.arguments.text("office")};
  return perform_and_show(context, operation, show_reporter);
}

}  // namespace

extern constexpr CommandSpec reporter_show{
    .path = "reporter show",
    .purpose = N_("Show a reporter and how many of their tickets are open."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
