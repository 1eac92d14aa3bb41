#include "core/operations/category/category.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/named_changes.h"
#include "core/ticket/ticket_list.h"
#include "core/ticket/ticket_rules.h"

namespace gilir {
namespace {

constexpr std::array category_fields{
    FieldSpec{"name", "letters, digits, dot, underscore and dash", max_name_bytes},
    FieldSpec{"about", "what belongs there; may be empty", max_line_bytes},
};
constexpr std::array category_list_fields{
    FieldSpec{"after", "the last category of the page before", max_name_bytes},
    FieldSpec{"limit", "how many categories", longest_page},
    FieldSpec{"count", "say how many there are in all", 0},
};
constexpr std::array category_show_fields{FieldSpec{"name", "the category", max_name_bytes}};

Category run(Context& context, const AddCategory& operation) {
  if (!is_name(operation.name)) {
    throw invalid_field("name", "takes letters, digits, dot, underscore and dash, and starts with a letter or digit");
  }
  if (find_category(context.connection(), operation.name)) {
    throw Error(ErrorCode::exists).with("kind", "category").with("name", operation.name);
  }
  const Category category{operation.name, std::string(trimmed(operation.about)), context.now().wall};
  put_category(context.connection(), category);
  context.log(EventKind::category_added, {subject(context.caller().name)}, {.category = category.name});
  return category;
}

CategoryPage run(Context& context, const ListCategories& operation) {
  CategoryPage page;
  page.categories = list_categories(context.connection(), operation.after.value_or(""), operation.limit + 1);
  page.truncated = static_cast<std::int64_t>(page.categories.size()) > operation.limit;
  if (page.truncated) page.categories.pop_back();
  if (operation.count) page.total = count_categories(context.connection());
  return page;
}

CategoryDetails details(Context& context, const Category& category) {
  CategoryDetails found;
  static_cast<Category&>(found) = category;
  TicketFilter filter;
  filter.statuses.assign(open_statuses().begin(), open_statuses().end());
  filter.category = category.name;
  found.open_tickets = count_tickets(context.connection(), filter);
  return found;
}

CategoryDetails run(Context& context, const ShowCategory& operation) {
  return details(context, get_category(context.connection(), operation.name));
}

CategoryDetails run(Context& context, const EditCategory& operation) {
  auto category = get_category(context.connection(), operation.name);
  NamedChanges changes;
  changes.apply("about", category.about, std::optional(std::string(trimmed(operation.about))));
  if (!changes.text().empty()) {
    put_category(context.connection(), category);
    context.log(EventKind::category_edited, {subject(context.caller().name)},
                {.changes = changes.text(), .category = category.name});
  }
  return details(context, category);
}

}  // namespace

const OperationSpec AddCategory::spec =
    describe_operation<AddCategory, run>("category.add", Role::admin, Access::write, category_fields);
const OperationSpec ListCategories::spec =
    describe_operation<ListCategories, run>("category.list", Role::agent, Access::read, category_list_fields);
const OperationSpec ShowCategory::spec =
    describe_operation<ShowCategory, run>("category.show", Role::agent, Access::read, category_show_fields);
const OperationSpec EditCategory::spec =
    describe_operation<EditCategory, run>("category.edit", Role::admin, Access::write, category_fields);

}  // namespace gilir
