// A server: a remote machine that agents log in to, and how it may be used.
#pragma once

#include <algorithm>
#include <string>

#include "core/base/clock.h"
#include "core/base/describe.h"
#include "core/base/ids.h"

namespace gilir {

// What stops an agent without the lease; shown wherever the lock is shown.
enum class LockLevel { cooperative };
BOOST_DESCRIBE_ENUM(LockLevel, cooperative)

// A way to log in there that gilir knows.
enum class Protocol { ssh, rdp };
BOOST_DESCRIBE_ENUM(Protocol, ssh, rdp)

inline constexpr int usual_ssh_port = 22;
inline constexpr int usual_rdp_port = 3389;

inline constexpr int most_seats = 64;
inline constexpr int most_logins = 64;
inline constexpr Milliseconds shortest_term = Seconds{2};
inline constexpr Milliseconds longest_term = std::chrono::hours{1};

// How long a seat stays shut after a session that is not known to be over, unless an admin says otherwise: as long as a
// leash takes to end what may run on (core/ssh/leash.h), and longer where permits are.
inline constexpr Milliseconds usual_lock_delay(Milliseconds term) {
  return std::max<Milliseconds>(term / 2, Seconds{5});
}

struct Server {
  ServerName name;
  std::string host;
  int port = 22;
  // The login there; empty: the name of the local user.
  std::string user;
  // How many agents at once.
  int seats = 1;
  // How many sessions the target stands for one seat; 0: many.
  int logins = 1;
  Milliseconds term_s = Seconds{60};
  Milliseconds lock_delay_s = Seconds{30};
  Milliseconds offer_s = Seconds{30};
  LockLevel level{};
  // "ssh-ed25519 AAAA…", as in known_hosts without the host; empty: not pinned yet.
  std::string host_key;
  WallTime added{};
  // Whether agents log in over SSH, and the port of its RDP; 0: it has none.
  bool ssh = true;
  int rdp_port = 0;
  // What the certificate that it shows over RDP must be: see core/server/certificate_pin.h; empty: not pinned yet.
  std::string certificate;
  // A command line that ends what a closed client leaves behind, run on the agent's machine before the seat goes on;
  // empty: none.
  std::string log_off;
  // The server whose machine this is a second name of, and whose lock it uses; empty: it has its own.
  ServerName alias_of;
  // What the host stood for when it was named: addresses in digits, sorted, with a blank between; empty: not known.
  std::string addresses;
  // Also algorithms that are outdated, for it has no better: see SshTarget in core/ssh/ssh_target.h, and plugins/rdp.
  bool legacy = false;
};
BOOST_DESCRIBE_STRUCT(Server, (),
                      (name, host, port, user, seats, logins, term_s, lock_delay_s, offer_s, level, host_key, added,
                       ssh, rdp_port, certificate, log_off, alias_of, addresses, legacy))

}  // namespace gilir
