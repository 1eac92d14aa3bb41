#include "core/operations/lock/own_hold.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "core/base/error.h"
#include "core/lock/lock_table.h"
#include "core/operations/lock/demand_view.h"
#include "core/operations/lock_access.h"
#include "core/server/server_table.h"

namespace gilir {
namespace {

Error no_timed_hold(const ServerName& server) {
  return Error(ErrorCode::not_found).with("kind", "timed_hold").with("name", server);
}

Error held_by_another(const Context& context) {
  return Error(ErrorCode::not_allowed).with("needs", "holder").with("agent", context.caller().name);
}

Hold only_timed_hold(const std::vector<Hold>& mine, const ServerName& server) {
  std::vector<Hold> timed;
  std::ranges::copy_if(mine, std::back_inserter(timed), [](const Hold& hold) { return hold.kind == HoldKind::timed; });
  if (timed.empty()) throw no_timed_hold(server);
  if (timed.size() == 1) return timed.front();
  std::vector<HoldId> names;
  for (const auto& hold : timed) names.push_back(hold.hold);
  throw Error(ErrorCode::ambiguous_hold).with("server", server).with("holds", names);
}

}  // namespace

Hold own_hold(Context& context, const ServerName& server, const std::optional<HoldId>& hold) {
  get_server(context.connection(), server);
  const auto locks = view_locks(context, {server});
  const auto lease = std::ranges::find_if(locks.leases, [&](const Lease& candidate) {
    return candidate.server == server && candidate.agent == context.caller().name;
  });
  std::vector<Hold> mine;
  for (const auto& candidate : locks.holds) {
    if (lease != locks.leases.end() && candidate.lease == lease->lease)
      mine.push_back(candidate);
    else if (hold && candidate.hold == *hold) {
      throw held_by_another(context);
    }
  }
  if (!hold) return only_timed_hold(mine, server);
  const auto found = std::ranges::find(mine, *hold, &Hold::hold);
  if (found == mine.end()) throw loss_of(context, server, *hold);
  return *found;
}

void see_that_it_is_own(Context& context, HoldId hold) {
  const auto agent = context.connection().first<AgentName>(
      "SELECT lease.agent FROM hold JOIN lease ON lease.lease = hold.lease WHERE hold.hold = $1 "
      "UNION SELECT agent FROM unclosed WHERE hold = $1",
      hold);
  if (agent && *agent != context.caller().name) throw held_by_another(context);
}

std::optional<LeaseId> lease_of_hold(Context& context, HoldId hold) {
  return context.connection().first<LeaseId>(
      "SELECT lease FROM hold WHERE hold = $1 UNION SELECT lease FROM unclosed WHERE hold = $1", hold);
}

}  // namespace gilir
