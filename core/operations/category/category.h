// category.add, category.list, category.show and category.edit: what tickets may be filed under. From the first
// one that is added the list is closed; what was filed under other names before keeps them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/operations/operation.h"
#include "core/ticket/category_table.h"

namespace gilir {

// Error{exists}.
struct AddCategory {
  std::string name;
  std::string about;

  using Result = Category;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(AddCategory, (), (name, about))

struct CategoryPage {
  std::vector<Category> categories;
  bool truncated = false;
  std::optional<std::int64_t> total = {};
};
BOOST_DESCRIBE_STRUCT(CategoryPage, (), (categories, truncated, total))

// In order of name.
struct ListCategories {
  std::optional<std::string> after = {};
  std::int64_t limit = 100;
  bool count = false;

  using Result = CategoryPage;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(ListCategories, (), (after, limit, count))

struct CategoryDetails : Category {
  std::int64_t open_tickets = 0;
};
BOOST_DESCRIBE_STRUCT(CategoryDetails, (Category), (open_tickets))

struct ShowCategory {
  std::string name;

  using Result = CategoryDetails;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(ShowCategory, (), (name))

// Its name is what tickets refer to and stays.
struct EditCategory {
  std::string name;
  std::string about;

  using Result = CategoryDetails;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(EditCategory, (), (name, about))

}  // namespace gilir
