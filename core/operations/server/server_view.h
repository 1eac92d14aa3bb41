// A server as people and scripts see it, and the bounds of what may be said of one.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/operations/context.h"
#include "core/server/login_check.h"
#include "core/server/server.h"

namespace gilir {

struct ServerView {
  ServerName name;
  std::string host;
  int port = 22;
  std::string user;
  int seats = 1;
  // Sessions that the target stands for one seat; 0: many.
  int logins = 1;
  Milliseconds term_s{};
  Milliseconds lock_delay_s{};
  Milliseconds offer_s{};
  LockLevel level{};
  // "ssh-ed25519 AAAA…" and its fingerprint; both empty while no key is pinned.
  std::string host_key;
  std::string fingerprint;
  WallTime added{};
  std::vector<Protocol> protocols;
  // 0 where it has no RDP.
  int rdp_port = 0;
  // SHA-256 of the certificate that it must show over RDP, or "authority"; empty while none is pinned.
  std::string certificate;
  // Run on the agent's machine when a program under the lock is over, before the seat goes on; empty: nothing is.
  std::string log_off;
  // SSH and RDP may use outdated algorithms there, after the others.
  bool legacy = false;
  // What is known of how sessions end there, for each login that was checked; see server.check.
  std::vector<LoginCheck> checks = {};
  // The server under whose lock this second name of the same machine stands: seats, logins and times are that one's,
  // and so are protocols, certificate, log-off, algorithms and checks, and the host key unless it has its own.
  std::optional<ServerName> alias_of;
  // The second names under this server's lock.
  std::vector<ServerName> aliases;
  // Servers that are said to be other machines although they look the same.
  std::vector<ServerName> different_from;
};
BOOST_DESCRIBE_STRUCT(ServerView, (),
                      (name, host, port, user, seats, logins, term_s, lock_delay_s, offer_s, level, host_key,
                       fingerprint, added, protocols, rdp_port, certificate, log_off, legacy, checks, alias_of, aliases,
                       different_from))

// Error{damaged} {server} when the stored key is none; so does server_view.
std::string pinned_fingerprint(const Server& server);
ServerView server_view(Context& context, const Server& server);

// How agents log in.
std::vector<Protocol> protocols_of(const Server& server);

// Says how agents log in: over SSH, over RDP at its port, or both. Without SSH the server's port is RDP's, and 22
// stands for the usual one. An empty list is what the port says, for a server that is new. Error{invalid}.
void set_protocols(Server& server, const std::vector<Protocol>& protocols, int rdp_port);

// A second name has the protocols of the server whose lock it uses, at its own address: without SSH its own port is
// RDP's, as above.
void take_protocols(Server& server, const Server& main);

inline constexpr std::size_t longest_log_off = 1000;
inline constexpr int highest_port = 65535;
inline constexpr Milliseconds longest_lock_delay = std::chrono::hours{1};
inline constexpr Milliseconds shortest_offer = Seconds{1};

// Error{invalid} naming the first member that is out of its bounds.
void check_server(const Server& server);

}  // namespace gilir
