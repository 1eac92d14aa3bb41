#include "core/operations/lock/release.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/lock/lock_access.h"
#include "core/operations/lock/own_hold.h"

namespace gilir {
namespace {

constexpr std::array fields{
    FieldSpec{"server", "the server", max_name_bytes},
    FieldSpec{"hold", "the hold; without it the caller's only timed one", 0},
};

// The lease of a hold that is over counts as well: a late report still frees a seat that waits for it.
ReleasedHold run(Context& context, const ReleaseLock& operation) {
  HoldId hold;
  std::optional<LeaseId> lease;
  if (operation.hold) {
    hold = *operation.hold;
    lease = lease_of_hold(context, hold);
    if (!lease) throw Error(ErrorCode::lost).with("server", operation.server).with("because", "over");
  } else {
    const auto mine = own_hold(context, operation.server, std::nullopt);
    hold = mine.hold;
    lease = mine.lease;
  }
  const auto outcome = change_locks(context, Release{hold, *lease}, {operation.server});
  if (const auto* released = std::get_if<Released>(&outcome)) {
    return {operation.server, hold, released->lease_over};
  }
  return {operation.server, hold, true};
}

}  // namespace

const OperationSpec ReleaseLock::spec =
    describe_operation<ReleaseLock, run>("lock.release", Role::agent, Access::write, fields);

}  // namespace gilir
