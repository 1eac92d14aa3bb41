// Which of the caller's holds is meant when a command names only the server.
#pragma once

#include <optional>

#include "core/lock/types.h"
#include "core/operations/context.h"

namespace gilir {

// The caller's hold `hold` at `server`, or his only timed one there when none is named. Error{not_found} when
// he has none, Error{ambiguous_hold} {server, holds} when he has several, Error{not_allowed} when it is somebody
// else's, that of loss_of when the hold named is over.
Hold own_hold(Context& context, const ServerName& server, const std::optional<HoldId>& hold);

// Error{not_allowed} when `hold` is somebody else's, live or run out. One that nothing is known of any more is
// nobody's.
void see_that_it_is_own(Context& context, HoldId hold);

// The lease that `hold` stood under, live or run out; none when nothing is known of it any more.
std::optional<LeaseId> lease_of_hold(Context& context, HoldId hold);

}  // namespace gilir
