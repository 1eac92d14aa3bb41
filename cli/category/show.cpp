#include "cli/arguments.h"
#include "cli/category/category_words.h"
#include "cli/desk_session.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {
    {.name = "NAME", .about = N_("the category"), .completes = Completes::category}};
constexpr ExampleSpec examples[] = {
    {.command = "gilir category show printer", .about = N_("what belongs there, and how much is open")},
    {.command = "gilir category show printer --json=open_tickets", .about = N_("for a script")},
};
constexpr auto fields = field_names<CategoryDetails>;

int run(CommandContext& context) {
  const auto category = DeskSession(context).perform(ShowCategory{context.arguments.required_word("NAME")});
  if (!context.output.json(category)) show_category(context.output, category, desk_now(context));
  return 0;
}

}  // namespace

extern constexpr CommandSpec category_show{
    .path = "category show",
    .purpose = N_("Show a category and how many of its tickets are open."),
    .positionals = positionals,
    .examples = examples,
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
