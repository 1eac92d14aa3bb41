// What gilir-full is linked with, said by itself: `gilir doctor` asks whether it runs at all, and with which
// libssh.
#pragma once

#include <string>

#include "cli/command.h"

namespace gilir::cli {

struct LinkedLibraries {
  std::string version;      // gilir-full's own
  std::string libssh;       // "0.10.6"
  std::string libssh_file;  // where it was loaded from
};
BOOST_DESCRIBE_STRUCT(LinkedLibraries, (), (version, libssh, libssh_file))

// Null in the small program, which runs gilir-full instead.
[[gnu::weak]] int run_linked(CommandContext& context);

}  // namespace gilir::cli
