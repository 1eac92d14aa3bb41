// `gilir server trust` in two parts, as cli/ssh.h: what it runs is in gilir-full only, because a key that is not
// given is fetched over SSH.
#pragma once

#include "cli/command.h"

namespace gilir::cli::commands {

[[gnu::weak]] int run_server_trust(CommandContext& context);

}  // namespace gilir::cli::commands
