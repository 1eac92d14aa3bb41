// server.trust: pins what connections must meet: the host key, or the certificate of its RDP.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/operations/operation.h"
#include "core/operations/server/server_view.h"

namespace gilir {

// `host_key` as read_pinned_key takes it, or `certificate` as read_certificate_pin does. Another one than what is
// pinned needs `replace`: Error{exists}, and nobody who is there by the one before: Error{in_use}. A server whose
// certificate is pinned has RDP from then on. The errors of settle_machine, as another server may have the same. A
// second name's certificate is that of its lock's server.
struct TrustServer {
  ServerName name;
  std::string host_key;
  bool replace = false;
  std::string certificate = {};
  std::optional<ServerName> alias_of = {};
  std::vector<ServerName> different_from = {};

  using Result = ServerView;
  static constexpr bool about_rows = true;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(TrustServer, (), (name, host_key, replace, certificate, alias_of, different_from))

}  // namespace gilir
