// server.edit: changes what is named and leaves the rest. No hold is ended by it; new seats are offered to
// the line at once. What is the lock's cannot be changed at a second name: Error{invalid}. Errors of settle_machine
// when the address changes or something is said about the machine; Error{in_use} when connections would go elsewhere
// while somebody has the lock.
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
  std::optional<bool> legacy = {};
  std::optional<ServerName> alias_of = {};
  std::vector<ServerName> different_from = {};
  // What `host` stands for, as far as the caller could find out; counts with a host.
  std::vector<std::string> addresses = {};

  using Result = ServerView;
  static constexpr bool about_rows = true;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(EditServer, (),
                      (name, host, port, user, seats, logins, term_s, lock_delay_s, offer_s, protocols, rdp_port,
                       log_off, legacy, alias_of, different_from, addresses))

}  // namespace gilir
