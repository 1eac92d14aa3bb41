// server.check: keeps what was found out about how sessions end at a server, for one login.
#pragma once

#include <string>

#include "core/operations/operation.h"
#include "core/operations/server/server_view.h"

namespace gilir {

struct CheckServer {
  ServerName name;
  // As who the check logged in.
  std::string login;
  SessionEnd ending{};

  using Result = ServerView;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(CheckServer, (), (name, login, ending))

}  // namespace gilir
