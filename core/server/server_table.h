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
void put_server(store::Connection& connection, const Server& server);
void remove_server(store::Connection& connection, const ServerName& name);

}  // namespace gilir
