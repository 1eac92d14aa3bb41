#include "core/desk/fresh_permits.h"

#include <algorithm>
#include <thread>
#include <utility>

#include "core/base/error.h"
#include "core/desk/desk_clock.h"
#include "core/desk/migrations.h"
#include "core/lock/hold.h"
#include "core/operations/processes.h"
#include "core/store/migration.h"

namespace gilir {
namespace {

// Renewals ring no bell.
constexpr Milliseconds look_for_renewal{50};

// Since the first the desk's clock has all of its columns; after the last sessions renew by themselves.
constexpr std::int64_t first_schema_with_clock = 16;
constexpr std::int64_t last_schema_with_fresh_permits = 19;

struct PermitRow {
  ServerName server;
  AgentName agent;
  std::int64_t pid = 0;
  WallTime since{};
  Deadline deadline;
  HolderProcesses process{};
};
BOOST_DESCRIBE_STRUCT(PermitRow, (), (server, agent, pid, since, deadline, process))

// A deadline says when its term began. The clocks are read one after the other and drift apart a little; the first
// renewal comes at a third of the term.
bool is_fresh(const PermitRow& row, const Now& now) {
  const auto begun = now.wall - (now.boot - (row.deadline.at - row.deadline.term));
  return now.boot < row.deadline.at && begun - row.since < row.deadline.term / 6;
}

bool is_gone(const PermitRow& row) {
  Hold hold;
  hold.pid = row.pid;
  hold.process = row.process;
  return is_holder_gone(hold);
}

bool can_have_fresh_permits(store::Connection& connection) {
  const auto schema = connection.first<std::int64_t>("PRAGMA user_version").value_or(0);
  return schema >= first_schema_with_clock && schema <= last_schema_with_fresh_permits;
}

}  // namespace

std::optional<FreshPermit> fresh_permit(store::Connection& connection, const Clock& clock) {
  if (!can_have_fresh_permits(connection)) return std::nullopt;
  const auto time = read_desk_time(connection, clock, Access::read);
  // Those of another start of the machine are gone.
  if (time.seen.boot != BootSeen::same) return std::nullopt;
  std::optional<FreshPermit> longest;
  connection.each<PermitRow>(
      "SELECT hold.server, lease.agent, hold.pid, hold.since, hold.deadline_at, hold.deadline_term, "
      "hold.process_world, hold.process_started, hold.process_group, hold.process_group_started "
      "FROM hold JOIN lease ON lease.lease = hold.lease WHERE hold.kind = 'kept'",
      [&](PermitRow row) {
        const auto left = row.deadline.at - time.now.boot;
        if ((longest && longest->left >= left) || !is_fresh(row, time.now) || is_gone(row)) return;
        longest = FreshPermit{std::move(row.server), std::move(row.agent), row.pid, left};
      });
  return longest;
}

void bring_up_to_date(store::Connection& connection, store::WriteGate& gate, const Clock& clock,
                      const std::function<void(const FreshPermit&)>& on_waiting) {
  std::optional<BootTime> end;
  std::optional<FreshPermit> fresh;
  const auto may_begin = [&] {
    if (on_waiting) fresh = fresh_permit(connection, clock);
    const auto now = clock.now().boot;
    if (!fresh) return true;
    if (!end) end = now + fresh->left;
    fresh->left = std::min(fresh->left, *end - now);
    return now >= *end;
  };
  while (!store::migrate(connection, gate, desk_migrations(), may_begin)) {
    do {
      on_waiting(*fresh);
      std::this_thread::sleep_for(look_for_renewal);
      if (const auto signal = store::unread_ending_signal())
        throw Error(ErrorCode::interrupted).with("signal", *signal);
    } while (!may_begin());
  }
}

}  // namespace gilir
