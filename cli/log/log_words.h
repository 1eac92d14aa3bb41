// What the commands that show history share.
#pragma once

#include <optional>

#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/output/fields.h"
#include "core/event/event_table.h"
#include "core/operations/log/read.h"

namespace gilir::cli {

inline constexpr auto event_fields = field_names<Event>;

// Performs `operation` with --limit, --after and --count, and shows what it gives. Without --after the newest
// events are shown, and people are told how to see earlier ones.
int show_history(CommandContext& context, ReadLog operation);

// --head NUMBER:HASH. Throws Error{usage} for anything else.
std::optional<LogHead> given_head(const Arguments& arguments);

}  // namespace gilir::cli
