#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/output/output.h"
#include "core/operations/category/category.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "NAME", .about = N_("letters, digits, dot, underscore and dash")}};
constexpr OptionSpec options[] = {
    {.name = "about", .value = Value::required, .value_name = "TEXT", .about = N_("what belongs there")},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir category add printer", .about = N_("from the first one on, tickets name one of the list")},
    {.command = "gilir category add network --about 'cables, switches, wireless'", .about = N_("with an explanation")},
};
constexpr auto fields = field_names<Category>;

int run(CommandContext& context) {
  AddCategory operation;
  operation.name = context.arguments.required_word("NAME");
  operation.about = context.arguments.text("about").value_or("");
  const auto category = DeskSession(context).perform(operation);
  if (!context.output.json(category)) {
    context.output.line(phrase(_("Tickets can be filed under {} now."), bold(category.name)));
  }
  return 0;
}

}  // namespace

extern constexpr CommandSpec category_add{
    .path = "category add",
    .purpose = N_("Add a category that tickets are filed under; for admins."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .takes = {.change = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
