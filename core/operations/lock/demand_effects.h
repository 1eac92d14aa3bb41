// What demands against leases lead to outside the locks.
#pragma once

#include <vector>

#include "core/lock/events.h"
#include "core/lock/outcomes.h"
#include "core/operations/context.h"

namespace gilir {

// The tickets of a lease that was just handed over go to its taker with it.
void follow_hand_over(Context& context, const std::vector<LockEvent>& events);

// Error{invalid} when the lease is the caller's own: nobody breaks, steals or knocks at what he can give back.
void refuse_own_lease(Context& context, const ServerName& server, LeaseId id);

// Error{lease_over}, Error{asked_already} or Error{not_found}, as the outcome of a demand says.
[[noreturn]] void refuse_demand(Context& context, const ServerName& server, LeaseId lease, const Outcome& outcome);

}  // namespace gilir
