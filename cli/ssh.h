// `gilir ssh` in two parts, so that the small program needs no libssh: its spec is in both programs, what it
// runs only in gilir-full.
#pragma once

#include "cli/command.h"

namespace gilir::cli::commands {

// Null in the small program, which runs gilir-full instead.
[[gnu::weak]] int run_ssh(CommandContext& context);

}  // namespace gilir::cli::commands
