// Idempotency (as in Stripe's Idempotency-Key and the IETF draft of that name): a change's key is the caller
// with its request id; its effect is stored in the change's own transaction. Refusals are not stored.
#pragma once

#include <string>

#include "core/operations/context.h"
#include "core/operations/operation.h"

namespace gilir {

// One of the operations that were asked for together under a request id.
struct RequestStep {
  std::string id;
  std::size_t index = 0;
  std::size_t count = 1;
};

// Whether the change was made before; if so `result` is filled in, for leases and places from how they stand
// now. Error{request_reused} when the id was used for another change, Error{lost} when what it gave is over.
bool replay(Context& context, const RequestStep& request, const OperationSpec& spec, const void* operation,
            void* result);

// Stores the effect of a change, and forgets some that are older than a day.
void remember(Context& context, const RequestStep& request, const OperationSpec& spec, const void* operation,
              const void* result);

// What was kept at `since` or later was so much later, by the desk's time as it is now.
void move_kept_times(store::Connection& connection, WallTime since, Milliseconds by);

}  // namespace gilir
