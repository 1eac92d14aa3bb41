#include "core/server/server_table.h"

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

void put_server(store::Connection& connection, const Server& server) {
  connection.put("server", R"("name")", server);
}

void remove_server(store::Connection& connection, const ServerName& name) {
  connection.run("DELETE FROM server WHERE name = $1", name);
}

}  // namespace gilir
