#include "core/lock/lock_table.h"

#include <algorithm>
#include <set>

#include "core/lock/rows.h"
#include "core/store/counter.h"

namespace gilir {
namespace {

using store::Connection;

// lock_counter's row: "last_" keeps SQL's own words out of the column names.
struct CounterRow {
  std::int64_t id = 1;
  LockCounters last;
};
BOOST_DESCRIBE_STRUCT(CounterRow, (), (id, last))

struct FencingRow {
  ServerName server;
  Token last_token;
};
BOOST_DESCRIBE_STRUCT(FencingRow, (), (server, last_token))

template <class T>
std::string select(std::string_view table, std::string_view rest) {
  return "SELECT " + store::columns<T>() + " FROM " + std::string(table) + " " + std::string(rest);
}

// Calls visit for each server that `server` draws into the closed set.
void follow_links(Connection& connection, const ServerName& server, std::set<ServerName>& found,
                  std::vector<ServerName>& to_visit) {
  const auto add = [&](const ServerName& other) {
    if (found.insert(other).second) to_visit.push_back(other);
  };
  connection.each<ServerName>(
      "SELECT DISTINCT other.server FROM (SELECT agent FROM lease WHERE server = $1 UNION "
      "SELECT agent FROM unclosed WHERE server = $1 UNION SELECT p.agent FROM place_server s JOIN place p "
      "ON p.place = s.place WHERE s.server = $1) near JOIN place mine ON mine.agent = near.agent "
      "JOIN place_server other ON other.place = mine.place",
      add, server);
  connection.each<ServerName>(
      "SELECT DISTINCT other.server FROM hold here JOIN hold other ON other.\"set\" = here.\"set\" "
      "WHERE here.server = $1 AND here.\"set\" <> 0",
      add, server);
}

std::set<ServerName> closed_set(Connection& connection, std::vector<ServerName> to_visit, const AgentName& agent) {
  if (!agent.empty()) {
    connection.each<ServerName>(
        "SELECT DISTINCT s.server FROM place p JOIN place_server s ON s.place = p.place WHERE p.agent = $1",
        [&](const ServerName& server) { to_visit.push_back(server); }, agent);
  }
  std::set<ServerName> found(to_visit.begin(), to_visit.end());
  const bool linked =
      connection.first<bool>("SELECT EXISTS (SELECT 1 FROM place) OR EXISTS (SELECT 1 FROM hold WHERE \"set\" <> 0)")
          .value_or(true);
  while (linked && !to_visit.empty()) {
    const auto server = to_visit.back();
    to_visit.pop_back();
    follow_links(connection, server, found, to_visit);
  }
  return found;
}

template <class T>
void append(Connection& connection, std::vector<T>& rows, std::string_view table, const ServerName& server) {
  connection.each<T>(
      select<T>(table, "WHERE server = $1"), [&](T row) { rows.push_back(std::move(row)); }, server);
}

void load_server(Connection& connection, const ServerName& name, Locks& locks) {
  connection.each<ServerLock>(
      "SELECT s.name, s.seats, s.logins, s.term_s, s.lock_delay_s, s.offer_s, coalesce(f.last_token, 0) "
      "FROM server s LEFT JOIN fencing f ON f.server = s.name WHERE s.name = $1",
      [&](ServerLock row) { locks.servers.push_back(std::move(row)); }, name);
  append(connection, locks.leases, "lease", name);
  append(connection, locks.holds, "hold", name);
  append(connection, locks.unclosed, "unclosed", name);
  append(connection, locks.place_servers, "place_server", name);
  append(connection, locks.demands, "demand", name);
  append(connection, locks.refusals, "refusal", name);
}

void load_places(Connection& connection, Locks& locks) {
  std::set<PlaceId> places;
  for (const auto& row : locks.place_servers) places.insert(row.place);
  for (const auto place : places) {
    connection.each<Place>(
        select<Place>("place", "WHERE place = $1"), [&](Place row) { locks.places.push_back(std::move(row)); }, place);
    connection.each<Wait>(
        select<Wait>("wait", "WHERE place = $1"), [&](Wait row) { locks.waits.push_back(std::move(row)); }, place);
  }
}

// Rules take it for granted that what a row names is there. Somebody may have changed the file by hand.
void require_whole(const Locks& locks) {
  const auto require = [](bool is_there) {
    if (!is_there) refuse_rows();
  };
  std::set<PlaceId> places;
  for (const auto& place : locks.places) places.insert(place.place);
  for (const auto& row : locks.place_servers) require(places.contains(row.place));
  for (const auto& wait : locks.waits) require(places.contains(wait.place));
  const auto require_lease = [&](LeaseId lease, const ServerName& server) {
    const auto at = std::ranges::lower_bound(locks.leases, lease, {}, &Lease::lease);
    require(at != locks.leases.end() && at->lease == lease && at->server == server);
  };
  for (const auto& hold : locks.holds) require_lease(hold.lease, hold.server);
  for (const auto& demand : locks.demands) require_lease(demand.lease, demand.server);
}

Locks load(Connection& connection, const std::set<ServerName>& servers) {
  Locks locks;
  for (const auto& server : servers) load_server(connection, server, locks);
  load_places(connection, locks);
  std::ranges::sort(locks.leases, {}, &Lease::lease);
  std::ranges::sort(locks.holds, {}, &Hold::hold);
  std::ranges::sort(locks.unclosed, {}, &Unclosed::hold);
  std::ranges::sort(locks.place_servers);
  std::ranges::sort(locks.waits, {}, &Wait::wait);
  std::ranges::sort(locks.demands, {}, &Demand::demand);
  std::ranges::sort(locks.refusals, {}, &Refusal::demand);
  std::ranges::stable_sort(locks.places, {}, &Place::sequence);
  const auto counter = connection.first<CounterRow>(select<CounterRow>("lock_counter", ""));
  if (!counter) store::refuse_counter();
  locks.last = counter->last;
  require_whole(locks);
  return locks;
}

// Both are sorted by `key`. Puts what is new or changed, removes what is gone.
template <class T, class Key, class Remove>
void store_difference(Connection& connection, std::string_view table, std::string_view key_columns, Key key,
                      const std::vector<T>& before, const std::vector<T>& after, Remove remove) {
  auto old_row = before.begin();
  for (const auto& row : after) {
    for (; old_row != before.end() && std::invoke(key, *old_row) < std::invoke(key, row); ++old_row) remove(*old_row);
    const bool known = old_row != before.end() && std::invoke(key, *old_row) == std::invoke(key, row);
    if (!known) {
      connection.insert(table, row);
      continue;
    }
    if (!(*old_row == row)) connection.update(table, key_columns, row);
    ++old_row;
  }
  for (; old_row != before.end(); ++old_row) remove(*old_row);
}

template <class T, class Id>
void store_rows(Connection& connection, const std::string& table, const std::string& column, Id T::*id,
                std::vector<T> before, std::vector<T> after) {
  std::ranges::sort(before, {}, id);
  std::ranges::sort(after, {}, id);
  store_difference(connection, table, '"' + column + '"', id, before, after, [&](const T& row) {
    connection.run("DELETE FROM " + table + " WHERE \"" + column + "\" = $1", row.*id);
  });
}

}  // namespace

Locks load_locks(Connection& connection, const std::vector<ServerName>& servers, const AgentName& agent) {
  return load(connection, closed_set(connection, servers, agent));
}

Locks load_all_locks(Connection& connection) {
  std::set<ServerName> servers;
  connection.each<ServerName>("SELECT name FROM server", [&](ServerName name) { servers.insert(std::move(name)); });
  return load(connection, servers);
}

void store_locks(Connection& connection, const Locks& before, const Locks& after) {
  for (const auto& server : after.servers) {
    const auto old = std::ranges::find(before.servers, server.server, &ServerLock::server);
    const auto last_token = old == before.servers.end() ? Token{} : old->last_token;
    if (last_token == server.last_token) continue;
    const FencingRow row{server.server, server.last_token};
    // A server that never gave a token has no row.
    if (last_token == Token{}) {
      connection.insert("fencing", row);
    } else {
      connection.update("fencing", R"("server")", row);
    }
  }
  store_rows(connection, "lease", "lease", &Lease::lease, before.leases, after.leases);
  store_rows(connection, "hold", "hold", &Hold::hold, before.holds, after.holds);
  store_rows(connection, "unclosed", "hold", &Unclosed::hold, before.unclosed, after.unclosed);
  store_rows(connection, "place", "place", &Place::place, before.places, after.places);
  store_difference(connection, "place_server", R"("place", "server")", std::identity{}, before.place_servers,
                   after.place_servers, [&](const PlaceServer& row) {
                     connection.run("DELETE FROM place_server WHERE place = $1 AND server = $2", row.place, row.server);
                   });
  store_rows(connection, "wait", "wait", &Wait::wait, before.waits, after.waits);
  store_rows(connection, "demand", "demand", &Demand::demand, before.demands, after.demands);
  store_rows(connection, "refusal", "demand", &Refusal::demand, before.refusals, after.refusals);
  if (!(before.last == after.last)) connection.update("lock_counter", R"("id")", CounterRow{1, after.last});
}

std::vector<ServerName> servers_of_ticket(Connection& connection, TicketNumber ticket) {
  return connection.all<ServerName>(
      "SELECT server FROM hold WHERE ticket = $1 UNION "
      "SELECT s.server FROM wait w JOIN place_server s ON s.place = w.place WHERE w.ticket = $1",
      ticket);
}

std::vector<ServerName> servers_of_holds(Connection& connection, const std::vector<HoldId>& holds) {
  std::vector<ServerName> servers;
  for (const auto hold : holds) {
    connection.each<ServerName>(
        "SELECT server FROM hold WHERE hold = $1 UNION SELECT server FROM unclosed WHERE hold = $1",
        [&](ServerName server) { servers.push_back(std::move(server)); }, hold);
  }
  return servers;
}

std::vector<ServerName> servers_of_wait(Connection& connection, WaitId wait) {
  return connection.all<ServerName>(
      "SELECT s.server FROM wait w JOIN place_server s ON s.place = w.place WHERE w.wait = $1", wait);
}

bool holds_for(Connection& connection, const AgentName& agent, TicketNumber ticket) {
  return connection
      .first<bool>(
          "SELECT EXISTS (SELECT 1 FROM hold h JOIN lease l ON l.lease = h.lease WHERE h.ticket = $1 AND l.agent = $2)",
          ticket, agent)
      .value_or(false);
}

std::vector<Hold> holds_of_agent(Connection& connection, const AgentName& agent) {
  return connection.all<Hold>(
      select<Hold>("hold", "WHERE lease IN (SELECT lease FROM lease WHERE agent = $1) ORDER BY hold LIMIT 1000"),
      agent);
}

std::vector<Wait> waits_of_agent(Connection& connection, const AgentName& agent) {
  return connection.all<Wait>(
      select<Wait>("wait", "WHERE place IN (SELECT place FROM place WHERE agent = $1) ORDER BY wait LIMIT 1000"),
      agent);
}

Token last_token(Connection& connection, const ServerName& server) {
  return connection.first<Token>("SELECT last_token FROM fencing WHERE server = $1", server).value_or(Token{});
}

void forget_processes(store::Connection& connection, HoldId hold) {
  connection.run("UPDATE hold SET process_world = '', process_group = 0 WHERE hold = $1", hold);
  connection.run("UPDATE unclosed SET process_world = '', process_group = 0 WHERE hold = $1", hold);
}

void move_lock_times(Connection& connection, WallTime since, Milliseconds by) {
  for (const std::string table : {"lease", "hold", "wait"})
    connection.run("UPDATE " + table + " SET since = since + $2 WHERE since >= $1", since, by.count());
}

void raise_token(Connection& connection, const ServerName& server, Token token) {
  if (token > last_token(connection, server)) connection.put("fencing", R"("server")", FencingRow{server, token});
}

}  // namespace gilir
