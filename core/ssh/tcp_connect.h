// Opens the TCP connection under a session: non-blocking, without Nagle's delay.
#pragma once

#include <optional>

#include "core/guardian/supervision.h"
#include "core/process/descriptor.h"
#include "core/ssh/ssh_target.h"

namespace gilir {

// Looks up the host and tries all its addresses within `limit` together, each with an equal share of what is left.
// Throws Error{connect_failed} {server, address, problem}, or what Supervision::throw_if_over throws.
Descriptor tcp_connect(const SshTarget& target, Milliseconds limit, Supervision& supervision);

// The next acknowledgement leaves at once; the kernel falls back by itself, so this is asked again and again.
// With TCP_NODELAY on our side it saves some 40 ms at every turn in which the server's Nagle waits for it.
void acknowledge_quickly(int socket) noexcept;

// TCP_ESTABLISHED … TCP_CLOSING, as RFC 793 has them; nothing when the system does not say.
std::optional<int> tcp_state(int socket) noexcept;

}  // namespace gilir
