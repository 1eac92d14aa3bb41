// server.edit: changes what is named and leaves the rest. No hold is ended by it; new seats are offered to
// the line at once.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/operations/operation.h"
#include "core/operations/server/server_view.h"

namespace gilir {

struct EditServer {
  ServerName name;
  std::optional<std::string> host = {};
  std::optional<std::int64_t> port = {};
  std::optional<std::string> user = {};
  std::optional<std::int64_t> seats = {};
  std::optional<std::int64_t> logins = {};
  std::optional<Milliseconds> term_s = {};
  std::optional<Milliseconds> lock_delay_s = {};
  std::optional<Milliseconds> offer_s = {};
  // As set_protocols takes them; not empty.
  std::optional<std::vector<Protocol>> protocols = {};
  std::optional<std::int64_t> rdp_port = {};
  std::optional<std::string> log_off = {};

  using Result = ServerView;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(EditServer, (),
                      (name, host, port, user, seats, logins, term_s, lock_delay_s, offer_s, protocols, rdp_port,
                       log_off))

}  // namespace gilir
