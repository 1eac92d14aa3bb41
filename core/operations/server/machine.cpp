#include "core/operations/server/machine.h"

#include <algorithm>

#include "core/lock/lock_table.h"
#include "core/lock/rows.h"
#include "core/operations/lock_access.h"
#include "core/server/login_check.h"
#include "core/server/pinned_key.h"
#include "core/server/same_machine.h"
#include "core/server/server_table.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

const ServerName& lock_of(const Server& server) {
  return server.alias_of.empty() ? server.name : server.alias_of;
}

// Error{invalid} when what is said of `server` is said of itself.
ServerName lock_named(Context& context, const Server& server, std::string_view field, const ServerName& other) {
  auto lock = lock_name(context.connection(), get_server(context.connection(), other).name);
  if (other == server.name || lock == server.name)
    throw invalid_field(field, "is the server itself, or a second name of it");
  return lock;
}

// Whoever stands at that lock, from the one who is in to the last in line, and how; none when nobody does.
std::optional<std::pair<AgentName, BlockReason>> first_at(const Locks& locks, const ServerName& name,
                                                          BlockReason last) {
  const auto here = [&](const auto& row) { return row.server == name; };
  const auto lease = std::ranges::find_if(locks.leases, here);
  if (lease != locks.leases.end()) return {{lease->agent, BlockReason::holds}};
  const auto mark = std::ranges::find_if(locks.unclosed, here);
  if (mark != locks.unclosed.end()) return {{mark->agent, BlockReason::ending}};
  for (const auto reason : {BlockReason::offered, BlockReason::waits}) {
    if (reason > last) continue;
    const auto place = std::ranges::find_if(locks.places, [&](const Place& row) {
      return row.offered == (reason == BlockReason::offered) && is_at(locks, row.place, name);
    });
    if (place != locks.places.end()) return {{place->agent, reason}};
  }
  return std::nullopt;
}

void require_unused(Context& context, const ServerName& name, BlockReason last) {
  const auto user = first_at(view_locks(context, {name}), name, last);
  if (!user) return;
  throw Error(ErrorCode::in_use)
      .with("kind", "server")
      .with("name", name)
      .with("by", user->first)
      .with("because", user->second);
}

// Whoever waits at a lock that is given up is told, as when a server is removed.
void give_up_lock(Context& context, const ServerName& name, const ServerName& into) {
  auto& connection = context.connection();
  require_unused(context, name, BlockReason::ending);
  change_locks(context, RemoveServer{name}, {name});
  raise_token(connection, into, last_token(connection, name));
  for (const auto& second : second_names(connection, name)) {
    auto row = get_server(connection, second);
    row.alias_of = into;
    put_server(connection, row);
  }
  move_to_server(connection, name, into);
  forget_login_checks(connection, name);
  const auto others = different_machines(connection, name);
  forget_different_machines(connection, name);
  for (const auto& other : others) {
    if (other != into) put_different_machines(connection, into, other);
  }
}

void become_second_name(Context& context, Server& server, const ServerName& main) {
  auto& connection = context.connection();
  if (!server.alias_of.empty()) {
    leave_lock(context, server);
    raise_token(connection, main, last_token(connection, server.name));
  } else if (find_server(connection, server.name)) {
    give_up_lock(context, server.name, main);
  }
  server.alias_of = main;
}

bool is_said_to_differ(Context& context, const ServerName& one, const ServerName& other) {
  const auto known = different_machines(context.connection(), one);
  return std::ranges::find(known, other) != known.end();
}

void refuse_same_machine(Context& context, const Server& server) {
  const auto known = different_machines(context.connection(), lock_of(server));
  std::vector<ServerName> others;
  std::optional<Sameness> because;
  for (const auto& other : all_servers(context.connection())) {
    if (lock_of(other) == lock_of(server) || std::ranges::find(known, lock_of(other)) != known.end()) continue;
    const auto sameness = same_machine(server, other);
    if (!sameness) continue;
    if (!because) because = sameness;
    if (std::ranges::find(others, lock_of(other)) == others.end()) others.push_back(lock_of(other));
  }
  if (!because) return;
  throw Error(ErrorCode::same_machine)
      .with("server", server.name)
      .with("other", others.front())
      .with("because", *because)
      .with("others", others);
}

void add_change(std::string& changes, std::string_view name, const ServerName& value) {
  changes.append(changes.empty() ? "" : " ").append(name).append("=").append(value.value);
}

}  // namespace

void require_nobody_there(Context& context, const ServerName& lock) {
  require_unused(context, lock, BlockReason::offered);
}

void leave_lock(Context& context, Server& server) {
  auto& connection = context.connection();
  require_unused(context, server.alias_of, BlockReason::waits);
  raise_token(connection, server.name, last_token(connection, server.alias_of));
  // Nobody knows by which of the names it was found out.
  forget_login_checks(connection, server.alias_of);
  forget_login_checks(connection, server.name);
  server.alias_of = {};
}

std::string settle_machine(Context& context, Server& server, const MachineClaim& claim) {
  std::string changes;
  if (claim.alias_of) {
    const auto main = lock_named(context, server, "alias_of", *claim.alias_of);
    if (server.alias_of != main) {
      become_second_name(context, server, main);
      add_change(changes, "alias_of", main);
    }
  }
  for (const auto& named : claim.different_from) {
    const auto other = lock_named(context, server, "different_from", named);
    if (claim.alias_of && other == server.alias_of) throw invalid_field("different_from", "is what alias_of names");
    if (other == server.alias_of) leave_lock(context, server);
    if (is_said_to_differ(context, lock_of(server), other)) continue;
    put_different_machines(context.connection(), lock_of(server), other);
    add_change(changes, "different_from", other);
  }
  refuse_same_machine(context, server);
  return changes;
}

std::vector<SameMachine> unsettled_machines(Context& context, std::size_t most) {
  return same_machines(all_servers(context.connection()), most, [&](const Server& one, const Server& other) {
    return lock_of(one) == lock_of(other) || is_said_to_differ(context, lock_of(one), lock_of(other));
  });
}

}  // namespace gilir
