#include "core/operations/lock/release.h"

#include <algorithm>
#include <array>

#include "core/lock/lock_table.h"
#include "core/operations/describe_operation.h"
#include "core/operations/lock/own_hold.h"
#include "core/operations/lock_access.h"

namespace gilir {
namespace {

constexpr std::array lock_release_fields{
    FieldSpec{"server", "the server", max_name_bytes},
    FieldSpec{"hold", "the hold; without it the caller's only timed one", 0},
};

// Only the process that keeps a kept hold knows when its session is closed, and says so with session.end.
void refuse_kept(Context& context, HoldId id) {
  const auto locks = view_locks(context, servers_of_holds(context.connection(), {id}));
  const auto hold = std::ranges::find(locks.holds, id, &Hold::hold);
  if (hold == locks.holds.end() || hold->kind == HoldKind::timed) return;
  throw Error(ErrorCode::in_use)
      .with("kind", "hold")
      .with("name", id)
      .with("by", hold->pid)
      .with("terminal", hold->terminal);
}

// A hold that has run out is named as well: the answer is then that it is lost.
ReleasedHold run(Context& context, const ReleaseLock& operation) {
  HoldId hold;
  std::optional<LeaseId> lease;
  if (operation.hold) {
    hold = *operation.hold;
    lease = lease_of_hold(context, hold);
    if (!lease) throw Error(ErrorCode::lost).with("server", operation.server).with("because", "over");
    own_hold(context, operation.server, operation.hold);
    refuse_kept(context, hold);
  } else {
    const auto mine = own_hold(context, operation.server, std::nullopt);
    hold = mine.hold;
    lease = mine.lease;
  }
  const auto outcome = change_locks(context, Release{hold, *lease}, {operation.server});
  const auto* released = std::get_if<Released>(&outcome);
  if (released == nullptr) throw Error(ErrorCode::lost).with("server", operation.server).with("because", "over");
  return {operation.server, hold, released->lease_over};
}

}  // namespace

const OperationSpec ReleaseLock::spec =
    describe_operation<ReleaseLock, run>("lock.release", Role::agent, Access::write, lock_release_fields);

}  // namespace gilir
