#include "core/ticket/category_table.h"

#include "core/base/error.h"
#include "core/base/text.h"

namespace gilir {
namespace {

std::string select_category(std::string_view rest) {
  return "SELECT " + store::columns<Category>() + " FROM category " + std::string(rest);
}

}  // namespace

std::optional<Category> find_category(store::Connection& connection, const std::string& name) {
  return connection.first<Category>(select_category("WHERE name = $1"), name);
}

Category get_category(store::Connection& connection, const std::string& name) {
  if (auto category = find_category(connection, name)) return *category;
  const auto names = connection.all<std::string>("SELECT name FROM category ORDER BY name LIMIT 5000");
  throw Error(ErrorCode::not_found).with("kind", "category").with("name", name).with("near", near_names(name, names));
}

std::vector<Category> list_categories(store::Connection& connection, const std::string& after, std::int64_t limit) {
  return connection.all<Category>(select_category("WHERE name > $1 ORDER BY name LIMIT $2"), after, limit);
}

std::int64_t count_categories(store::Connection& connection) {
  return connection.first<std::int64_t>("SELECT count(*) FROM category").value_or(0);
}

void put_category(store::Connection& connection, const Category& category) {
  connection.put("category", R"("name")", category);
}

void require_category(store::Connection& connection, const std::string& name) {
  if (name.empty()) return;
  if (!is_name(name)) throw invalid_field("category", "is not a name");
  const bool closed = connection.first<bool>("SELECT EXISTS (SELECT 1 FROM category)").value_or(false);
  if (closed) get_category(connection, name);
}

}  // namespace gilir
