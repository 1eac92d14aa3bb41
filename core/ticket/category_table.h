// Categories: as long as none was added, tickets name any; from the first one on the list is closed.
// Every function runs inside the caller's transaction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/describe.h"
#include "core/store/connection.h"

namespace gilir {

struct Category {
  std::string name;
  std::string about;
  WallTime added{};
};
BOOST_DESCRIBE_STRUCT(Category, (), (name, about, added))

std::optional<Category> find_category(store::Connection& connection, const std::string& name);
// Error{not_found} with near names.
Category get_category(store::Connection& connection, const std::string& name);
// In order of name.
std::vector<Category> list_categories(store::Connection& connection, const std::string& after, std::int64_t limit);
std::int64_t count_categories(store::Connection& connection);
void put_category(store::Connection& connection, const Category& category);

// What a ticket may be filed under: nothing, a name while the list is empty, else one of the list.
// Error{invalid, not_found} with near names.
void require_category(store::Connection& connection, const std::string& name);

}  // namespace gilir
