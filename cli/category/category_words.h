// A category as people see it.
#pragma once

#include "cli/output/output.h"
#include "core/operations/category/category.h"

namespace gilir::cli {

void show_category(Output& output, const CategoryDetails& category, WallTime now);

}  // namespace gilir::cli
