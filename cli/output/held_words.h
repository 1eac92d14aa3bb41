// What a person is told when a server is held: by whom, since when, for which ticket, why that may be the
// same problem, and the line. Shown below the error's own sentence.
#pragma once

#include <vector>

#include "cli/output/style.h"
#include "core/base/error.h"

namespace gilir::cli {

// Lines for ErrorCode::held and timed_out, from their details {lock, position?, related}; empty when the
// details say nothing more. Never throws for details that it does not understand.
std::vector<Line> held_lines(const Error& error);

}  // namespace gilir::cli
