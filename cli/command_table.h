// Every command of gilir, sorted by path.
#pragma once

#include "cli/command.h"

namespace gilir::cli {

CommandTable command_table();

}  // namespace gilir::cli
