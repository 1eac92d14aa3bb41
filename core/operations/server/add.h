// server.add: a machine that agents log in to, from now on under its lock.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/operations/operation.h"
#include "core/operations/server/server_view.h"

namespace gilir {

// Error{exists}, and those of settle_machine. Without lock_delay_s it is usual_lock_delay; without offer_s half the
// term. A second name of a machine takes all that is the lock's, and how agents log in, from the server that it names,
// and address and user where they are empty.
struct AddServer {
  ServerName name;
  std::string host;
  std::int64_t port = 22;
  std::string user;
  std::int64_t seats = 1;
  std::int64_t logins = 1;
  Milliseconds term_s = Seconds{60};
  std::optional<Milliseconds> lock_delay_s;
  std::optional<Milliseconds> offer_s;
  LockLevel level{};
  // Empty: RDP where the port is its usual one, else SSH. As set_protocols takes them.
  std::vector<Protocol> protocols = {};
  std::int64_t rdp_port = 0;
  std::optional<ServerName> alias_of = {};
  std::vector<ServerName> different_from = {};
  // What `host` stands for, as far as the caller could find out.
  std::vector<std::string> addresses = {};

  using Result = ServerView;
  static constexpr bool about_rows = true;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(AddServer, (),
                      (name, host, port, user, seats, logins, term_s, lock_delay_s, offer_s, level, protocols, rdp_port,
                       alias_of, different_from, addresses))

}  // namespace gilir
