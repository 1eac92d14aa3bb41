// At a terminal, a reporter whom nobody knows by that name and office may be one whom the desk knows by a similar one.
#pragma once

#include <optional>
#include <string>

#include "cli/command.h"
#include "cli/desk_session.h"

namespace gilir::cli {

// Asks, and puts who is meant in place of what was typed. Nothing is asked without an office, since then the name has
// to be known, nor where nobody can answer.
void ask_whether_known(CommandContext& context, DeskSession& desk, std::optional<std::string>& name,
                       std::optional<std::string>& office);

}  // namespace gilir::cli
