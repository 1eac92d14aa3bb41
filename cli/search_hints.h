// Where to look when a search finds nothing, or not what was meant.
#pragma once

#include <string>
#include <string_view>

#include "cli/desk_session.h"
#include "cli/output/style.h"

namespace gilir::cli {

// The list that has what the words name: a list finds by that, a search by what was written.
Line list_hint(DeskSession& desk, const std::string& words);

// The words as they are typed to a shell.
std::string as_typed(std::string_view words);

}  // namespace gilir::cli
