// server.check: keeps what was found out about how sessions end at a server, for one login.
#pragma once

#include <string>

#include "core/operations/operation.h"
#include "core/operations/server/server_view.h"

namespace gilir {

// Where the check was, as server.show told it before: what was found counts for no other machine. Error{version_moved}
// {server} when the server is elsewhere by now, or must show another key.
struct CheckServer {
  ServerName name;
  // As who the check logged in.
  std::string login;
  SessionEnd ending{};
  std::string host = {};
  std::int64_t port = 0;
  std::string host_key = {};

  using Result = ServerView;
  static constexpr bool about_rows = true;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(CheckServer, (), (name, login, ending, host, port, host_key))

}  // namespace gilir
