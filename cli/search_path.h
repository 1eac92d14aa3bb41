// Programs on the user's PATH.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/environment.h"

namespace gilir::cli {

// Only those that are absolute: others would make commands depend on where one stands.
std::vector<std::string> directories_of_path(const Environment& environment);
// A file that this user may run.
bool can_run(const std::string& path);
// The first of that name; "" when there is none.
std::string find_on_path(const Environment& environment, std::string_view name);

}  // namespace gilir::cli
