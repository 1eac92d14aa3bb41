#include "core/server/server_table.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/text.h"

namespace gilir {
namespace {

std::string select(std::string_view rest) {
  return "SELECT " + store::columns<Server>() + " FROM server " + std::string(rest);
}

}  // namespace

std::optional<Server> find_server(store::Connection& connection, const ServerName& name) {
  return connection.first<Server>(select("WHERE name = $1"), name);
}

Server get_server(store::Connection& connection, const ServerName& name) {
  if (auto server = find_server(connection, name)) return *server;
  const auto names = connection.all<std::string>("SELECT name FROM server ORDER BY name LIMIT 5000");
  throw Error(ErrorCode::not_found)
      .with("kind", "server")
      .with("name", name)
      .with("near", near_names(name.value, names));
}

std::vector<Server> list_servers(store::Connection& connection, const ServerName& after, std::size_t limit) {
  return connection.all<Server>(select("WHERE name > $1 ORDER BY name LIMIT $2"), after, limit);
}

std::vector<Server> all_servers(store::Connection& connection) {
  return connection.all<Server>(select("ORDER BY name"));
}

ServerName lock_name(store::Connection& connection, const ServerName& name) {
  const auto other =
      connection.first<ServerName>("SELECT alias_of FROM server WHERE name = $1 AND alias_of <> ''", name);
  return other.value_or(name);
}

std::vector<ServerName> second_names(store::Connection& connection, const ServerName& name) {
  return connection.all<ServerName>("SELECT name FROM server WHERE alias_of = $1 AND alias_of <> '' ORDER BY name",
                                    name);
}

std::vector<ServerName> different_machines(store::Connection& connection, const ServerName& name) {
  return connection.all<ServerName>(
      "SELECT other FROM different_machines WHERE server = $1 UNION SELECT server FROM different_machines WHERE other "
      "= "
      "$1 ORDER BY 1",
      name);
}

void put_different_machines(store::Connection& connection, const ServerName& one, const ServerName& other) {
  connection.run("INSERT INTO different_machines (server, other) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                 std::min(one, other), std::max(one, other));
}

void forget_different_machines(store::Connection& connection, const ServerName& name) {
  connection.run("DELETE FROM different_machines WHERE server = $1 OR other = $1", name);
}

void put_server(store::Connection& connection, const Server& server) {
  connection.put("server", R"("name")", server);
}

void remove_server(store::Connection& connection, const ServerName& name) {
  connection.run("DELETE FROM server WHERE name = $1", name);
  forget_different_machines(connection, name);
}

}  // namespace gilir
