// Rows of servers. Every function runs inside the caller's transaction.
#pragma once

#include <optional>
#include <vector>

#include "core/server/server.h"
#include "core/store/connection.h"

namespace gilir {

std::optional<Server> find_server(store::Connection& connection, const ServerName& name);
// Error{not_found} with near names.
Server get_server(store::Connection& connection, const ServerName& name);
// In order of name, after `after`.
std::vector<Server> list_servers(store::Connection& connection, const ServerName& after, std::size_t limit);
std::vector<Server> all_servers(store::Connection& connection);
// The name under which a server's lock is kept: another one for a second name of its machine. Also for a name that no
// server has.
ServerName lock_name(store::Connection& connection, const ServerName& name);
// The other names under the same lock, in order.
std::vector<ServerName> second_names(store::Connection& connection, const ServerName& name);
// Servers that somebody said are other machines, though they look the same; by the names of their locks.
std::vector<ServerName> different_machines(store::Connection& connection, const ServerName& name);
void put_different_machines(store::Connection& connection, const ServerName& one, const ServerName& other);
void forget_different_machines(store::Connection& connection, const ServerName& name);
void put_server(store::Connection& connection, const Server& server);
// And what was said of it.
void remove_server(store::Connection& connection, const ServerName& name);

}  // namespace gilir
