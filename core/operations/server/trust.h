// server.trust: pins what connections must meet: the host key, or the certificate of its RDP.
#pragma once

#include <string>

#include "core/operations/operation.h"
#include "core/operations/server/server_view.h"

namespace gilir {

// `host_key` as read_pinned_key takes it, or `certificate` as read_certificate_pin does. Another one than what is
// pinned needs `replace`: Error{exists}. A server whose certificate is pinned has RDP from then on.
struct TrustServer {
  ServerName name;
  std::string host_key;
  bool replace = false;
  std::string certificate = {};

  using Result = ServerView;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(TrustServer, (), (name, host_key, replace, certificate))

}  // namespace gilir
