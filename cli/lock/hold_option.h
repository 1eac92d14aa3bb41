// --hold of the commands that name one hold: $GILIR_HOLD where the command runs under `gilir with`.
#pragma once

#include <optional>

#include "cli/command.h"
#include "core/base/ids.h"

namespace gilir::cli {

inline constexpr OptionSpec hold_option{
    .name = "hold",
    .value = Value::required,
    .value_name = "H",
    .about = N_("which one; else $GILIR_HOLD, else the only one that you took there")};

// The hold meant at `server`; none leaves it to the desk. Under `with SERVER SERVER…` $GILIR_HOLD lists the
// holds in the order of $GILIR_SERVER.
std::optional<HoldId> hold_asked(const CommandContext& context, const ServerName& server);

}  // namespace gilir::cli
