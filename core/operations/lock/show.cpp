#include "core/operations/lock/show.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <set>

#include "core/base/json_reader.h"
#include "core/event/event.h"
#include "core/lock/demand.h"
#include "core/lock/line.h"
#include "core/lock/lock_table.h"
#include "core/operations/describe_operation.h"
#include "core/operations/lock_access.h"
#include "core/server/server_table.h"

namespace gilir {
namespace {

constexpr std::array lock_show_fields{FieldSpec{"server", "the server", max_name_bytes}};
constexpr std::array lock_list_fields{
    FieldSpec{"all", "also servers that nobody holds", 0},
    FieldSpec{"after", "the last server of the page before", max_name_bytes},
    FieldSpec{"limit", "how many servers", longest_page},
    FieldSpec{"count", "say how many there are in all", 0},
};

constexpr std::string_view every_server =
    "SELECT name FROM server WHERE name > $1 AND alias_of = '' ORDER BY name LIMIT $2";
constexpr std::string_view servers_in_use =
    "SELECT server FROM (SELECT server FROM lease UNION SELECT server FROM unclosed UNION SELECT server FROM "
    "place_server) "
    "WHERE server > $1 ORDER BY server LIMIT $2";

constexpr std::string_view count_every_server = "SELECT count(*) FROM server WHERE alias_of = ''";
constexpr std::string_view count_servers_in_use =
    "SELECT count(*) FROM (SELECT server FROM lease UNION SELECT server FROM unclosed UNION SELECT server FROM "
    "place_server)";

LockView run(Context& context, const ShowLock& operation) {
  return lock_view(context, view_locks(context, {operation.server}), operation.server);
}

LockPage run(Context& context, const ListLocks& operation) {
  auto servers = context.connection().all<ServerName>(operation.all ? every_server : servers_in_use,
                                                      operation.after.value_or(ServerName{}), operation.limit + 1);
  LockPage page;
  page.truncated = static_cast<std::int64_t>(servers.size()) > operation.limit;
  if (page.truncated) servers.pop_back();
  for (const auto& server : servers) page.locks.push_back(lock_view(context, view_locks(context, {server}), server));
  if (operation.count) {
    page.total = context.connection().first<std::int64_t>(operation.all ? count_every_server : count_servers_in_use);
  }
  return page;
}

// What an agent did and was told lately.
struct LockNews {
  std::string kind;
  RawJson facts;
};
BOOST_DESCRIBE_STRUCT(LockNews, (), (kind, facts))

// Whatever came later at a server, a lock of the caller's own or another knock, makes the news of it old.
std::vector<GrantedKnockView> granted_knocks(Context& context) {
  constexpr std::int64_t most_events = 100;
  constexpr Milliseconds stays_news = std::chrono::hours{1};
  const auto& me = context.caller().name;
  const auto news = context.connection().all<LockNews>(
      "SELECT e.kind, e.facts FROM (SELECT event FROM event_subject WHERE kind = 'agent' AND name = $1 ORDER BY event "
      "DESC LIMIT $2) s JOIN event e ON e.number = s.event WHERE e.at > $3 AND e.kind IN ('lock.granted', "
      "'lock.shared', 'lock.queued', 'lock.asked', 'lock.cut_ordered') ORDER BY e.number DESC",
      me, most_events, context.now().wall - stays_news);
  std::vector<GrantedKnockView> granted;
  std::set<ServerName> seen;
  for (const auto& one : news) {
    const auto facts = from_json<EventFacts>(one.facts.text);
    const bool is_order = one.kind == event_name(EventKind::lock_cut_ordered);
    const bool is_own_knock = facts.kind == enum_name(DemandKind::knock) && facts.by == me;
    const bool is_own_lock = facts.agent == me && !facts.by;
    if (!facts.server || (!is_own_knock && !is_own_lock) || !seen.insert(*facts.server).second) continue;
    if (!is_order || !is_own_knock || !find_server(context.connection(), *facts.server)) continue;
    const auto lock = lock_view(context, view_locks(context, {*facts.server}), *facts.server);
    granted.push_back({*facts.server, facts.agent.value_or(AgentName{}), facts.because == "silence",
                       facts.due.value_or(context.now().wall), lock.seats_free > 0 && lock.line.empty()});
  }
  return granted;
}

OwnLockPage run(Context& context, const ListOwnLocks&) {
  OwnLockPage page;
  const auto now = context.now().boot;
  for (const auto& hold : holds_of_agent(context.connection(), context.caller().name)) {
    const auto left = hold.deadline.at - now;
    if (left > Milliseconds{0})
      page.locks.push_back({hold.server, hold.ticket, hold.reason, hold.kind, false, 0, left});
  }
  for (const auto& wait : waits_of_agent(context.connection(), context.caller().name)) {
    for (const auto& server : servers_of_wait(context.connection(), wait.wait)) {
      const auto locks = view_locks(context, {server});
      const auto line = line_at(locks, server);
      const auto place = std::ranges::find(line, wait.place);
      if (place == line.end()) continue;
      page.locks.push_back({server, wait.ticket, wait.reason, HoldKind::kept, true,
                            static_cast<int>(place - line.begin()) + 1, wait.deadline.at - now});
    }
  }
  page.granted = granted_knocks(context);
  return page;
}

}  // namespace

const OperationSpec ShowLock::spec =
    describe_operation<ShowLock, run>("lock.show", Role::agent, Access::read, lock_show_fields);
const OperationSpec ListLocks::spec =
    describe_operation<ListLocks, run>("lock.list", Role::agent, Access::read, lock_list_fields);
const OperationSpec ListOwnLocks::spec =
    describe_operation<ListOwnLocks, run>("lock.mine", Role::agent, Access::read, {});

}  // namespace gilir
