// Taking a lock by hand: what `lock acquire`, `lock steal` and `lock accept` share.
#pragma once

#include "cli/command.h"
#include "cli/session/lock_request.h"

namespace gilir::cli {

inline constexpr OptionSpec for_option{.name = "for",
                                       .value = Value::required,
                                       .value_name = "D",
                                       .default_text = "30m",
                                       .about = N_("how long you keep it unless you renew")};

// Performs `operation` with --for, waits when it says so, and shows the leases; gives them back when that cannot be
// written.
int take_by_hand(CommandContext& context, AcquireLock operation, SignalSet& signals,
                 std::optional<Milliseconds> patience = {});

}  // namespace gilir::cli
