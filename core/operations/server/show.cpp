#include "core/operations/server/show.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/server/server_table.h"

namespace gilir {
namespace {

constexpr std::array server_show_fields{FieldSpec{"name", "the server", max_name_bytes}};
constexpr std::array server_list_fields{
    FieldSpec{"after", "the last server of the page before", max_name_bytes},
    FieldSpec{"limit", "how many servers", longest_page},
    FieldSpec{"count", "say how many there are in all", 0},
};

ServerView run(Context& context, const ShowServer& operation) {
  return server_view(context, get_server(context.connection(), operation.name));
}

ServerPage run(Context& context, const ListServers& operation) {
  ServerPage page;
  const auto limit = static_cast<std::size_t>(operation.limit);
  for (const auto& server : list_servers(context.connection(), operation.after.value_or(ServerName{}), limit + 1)) {
    if (page.servers.size() == limit)
      page.truncated = true;
    else
      page.servers.push_back(server_view(context, server));
  }
  if (operation.count) page.total = context.connection().first<std::int64_t>("SELECT count(*) FROM server");
  return page;
}

}  // namespace

const OperationSpec ShowServer::spec =
    describe_operation<ShowServer, run>("server.show", Role::agent, Access::read, server_show_fields);
const OperationSpec ListServers::spec =
    describe_operation<ListServers, run>("server.list", Role::agent, Access::read, server_list_fields);

}  // namespace gilir
