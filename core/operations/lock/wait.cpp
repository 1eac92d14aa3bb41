#include "core/operations/lock/wait.h"

#include <algorithm>
#include <array>

#include "core/lock/line.h"
#include "core/lock/lock_table.h"
#include "core/lock/rows.h"
#include "core/operations/describe_operation.h"
#include "core/operations/lock_access.h"

namespace gilir {
namespace {

constexpr std::array lock_look_fields{FieldSpec{"wait", "the wait", 0}};
constexpr std::array leave_fields{
    FieldSpec{"wait", "the wait", 0},
    FieldSpec{"timed_out", "its patience ran out, rather than its user's", 0},
};

int position_in(const std::vector<PlaceId>& line, PlaceId place) {
  return static_cast<int>(std::ranges::find(line, place) - line.begin()) + 1;
}

WaitState run(Context& context, const LookAtWait& operation) {
  const auto servers = servers_of_wait(context.connection(), operation.wait);
  if (servers.empty()) return {};
  const auto locks = view_locks(context, servers);
  const auto wait = std::ranges::find(locks.waits, operation.wait, &Wait::wait);
  if (wait == locks.waits.end()) return {};
  WaitState state;
  state.there = true;
  state.offered = row_of(locks.places, &Place::place, wait->place).offered;
  for (const auto& server : servers) {
    state.positions.push_back({server, position_in(line_at(locks, server), wait->place)});
  }
  if (const auto due = next_due(locks)) {
    state.next_due_ms = std::max<std::int64_t>((*due - context.now().boot).count(), 0);
  }
  return state;
}

LeftLine run(Context& context, const LeaveLine& operation) {
  const auto servers = servers_of_wait(context.connection(), operation.wait);
  if (servers.empty()) return {false};
  const auto outcome = change_locks(context, Leave{operation.wait, operation.timed_out}, servers);
  return {std::holds_alternative<Left>(outcome)};
}

}  // namespace

const OperationSpec LookAtWait::spec =
    describe_operation<LookAtWait, run>("lock.look", Role::agent, Access::read, lock_look_fields);
const OperationSpec LeaveLine::spec =
    describe_operation<LeaveLine, run>("lock.leave", Role::agent, Access::write, leave_fields);

}  // namespace gilir
