#include "cli/arguments.h"
#include "cli/category/category_words.h"
#include "cli/desk_session.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {
    {.name = "NAME", .about = N_("the category"), .completes = Completes::category}};
constexpr OptionSpec options[] = {
    {.name = "about",
     .value = Value::required,
     .value_name = "TEXT",
     .about = N_("what belongs there"),
     .needed = true},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir category edit printer --about 'printers and scanners'", .about = N_("a better explanation")},
    {.command = "gilir category edit printer --about ''", .about = N_("none")},
};
constexpr auto fields = field_names<CategoryDetails>;

int run(CommandContext& context) {
  EditCategory operation;
  operation.name = context.arguments.required_word("NAME");
  operation.about = context.arguments.required_text("about");
  const auto category = DeskSession(context).perform(operation);
  if (!context.output.json(category)) show_category(context.output, category, desk_now(context));
  return 0;
}

}  // namespace

extern constexpr CommandSpec category_edit{
    .path = "category edit",
    .purpose = N_("Change what is said about a category; for admins."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .takes = {.change = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
