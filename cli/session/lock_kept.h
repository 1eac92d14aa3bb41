// What is left of a lock when the session that used it has ended: one taken by hand (lock acquire, lock accept) stands
// until its own end, and a colleague may be waiting meanwhile.
#pragma once

#include "cli/command.h"
#include "cli/session/run_outcome.h"

namespace gilir::cli {

// Says, for each of `outcome.stays`, until when the caller has it still, who waits and how to let go. Who sat at the
// session's terminal is asked whether to let go now; Enter keeps it. Never throws: the session is over, and how it went
// is what counts.
void tell_what_stays(CommandContext& context, const RunOutcome& outcome) noexcept;

}  // namespace gilir::cli
