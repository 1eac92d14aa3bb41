// Everything that `gilir doctor` looks at, in the order in which it is told.
#pragma once

#include <vector>

#include "cli/command.h"
#include "core/health/finding.h"

namespace gilir::cli {

// Works on a desk that is broken or missing too. `limit` bounds how long the desk's file, its log and its index are
// each read.
std::vector<Finding> look_around(CommandContext& context, Milliseconds limit);

}  // namespace gilir::cli
