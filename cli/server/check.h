// `gilir server check` in two parts, as cli/ssh.h: it logs in over SSH, which only gilir-full can.
#pragma once

#include "cli/command.h"

namespace gilir::cli::commands {

[[gnu::weak]] int run_server_check(CommandContext& context);

}  // namespace gilir::cli::commands
