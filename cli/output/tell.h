// What is told beside a command's work to somebody who may have gone (`gilir … 2>&1 | head`): that nobody reads it is
// no reason to leave undone what the command is for.
#pragma once

#include "cli/output/style.h"

namespace gilir::cli {

class Output;

// A note on stderr, if it can be written.
void tell_if_heard(Output& output, const Line& line) noexcept;

}  // namespace gilir::cli
