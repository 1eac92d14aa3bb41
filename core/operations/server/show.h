// server.show and server.list: which machines the desk knows.
#pragma once

#include <optional>
#include <vector>

#include "core/operations/operation.h"
#include "core/operations/server/server_view.h"

namespace gilir {

struct ShowServer {
  ServerName name;

  using Result = ServerView;
  static constexpr bool about_rows = true;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(ShowServer, (), (name))

struct ServerPage {
  std::vector<ServerView> servers;
  bool truncated = false;
  std::optional<std::int64_t> total = {};
};
BOOST_DESCRIBE_STRUCT(ServerPage, (), (servers, truncated, total))

// In order of name.
struct ListServers {
  std::optional<ServerName> after = {};
  std::int64_t limit = 100;
  bool count = false;

  using Result = ServerPage;
  static constexpr bool about_rows = true;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(ListServers, (), (after, limit, count))

}  // namespace gilir
