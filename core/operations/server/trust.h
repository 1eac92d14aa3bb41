// server.trust: pins the host key that connections must meet.
#pragma once

#include <string>

#include "core/operations/operation.h"
#include "core/operations/server/server_view.h"

namespace gilir {

// `host_key` as read_pinned_key takes it. Another key than the pinned one needs `replace`: Error{exists}.
struct TrustServer {
  ServerName name;
  std::string host_key;
  bool replace = false;

  using Result = ServerView;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(TrustServer, (), (name, host_key, replace))

}  // namespace gilir
