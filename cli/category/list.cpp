#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/list_page.h"
#include "core/operations/category/category.h"

namespace gilir::cli::commands {
namespace {

constexpr ExampleSpec examples[] = {
    {.command = "gilir category list", .about = N_("what tickets are filed under")},
    {.command = "gilir category list --format=ids", .about = N_("the names only")},
};
constexpr auto fields = field_names<Category>;

const Table<Category>& table() {
  static const Table<Category> columns{
      {{"name", N_("CATEGORY")}, [](const Category& category) { return Cell(category.name); }},
      {{.field = "about", .title = N_("ABOUT"), .main = true},
       [](const Category& category) { return Cell(category.about); }},
  };
  return columns;
}

int run(CommandContext& context) {
  ListCategories operation;
  operation.after = context.arguments.text("after");
  operation.limit = rows_asked(context.arguments);
  operation.count = context.arguments.flag("count");
  const auto page = DeskSession(context).perform(operation);
  context.output.list(table(), page.categories,
                      page_of(page, page.categories.empty() ? "" : page.categories.back().name),
                      _("None: tickets may name any category until one is added."));
  return 0;
}

}  // namespace

extern constexpr CommandSpec category_list{
    .path = "category list",
    .purpose = N_("List the categories that tickets are filed under."),
    .examples = examples,
    .takes = {.list = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
