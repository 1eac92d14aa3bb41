// What the files of core/ssh share about one connection, and how they wait for libssh.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>

#include "core/ssh/libssh_owners.h"
#include "core/ssh/ssh_session.h"

namespace gilir {

struct SshSession::Parts {
  SshTarget target;
  // Ours, beside the one that libssh owns: it outlives ssh_disconnect(), so that the end can be waited for.
  Descriptor socket;
  SshHandle session;
  Guardian* guardian = nullptr;
  HostKey host_key;
  std::string method;
  bool is_guarded = false;
  bool closed_by_server = false;  // see is_at_end
  std::optional<bool> confirmed;
  bool work_may_run = false;  // see work_is_over
};

// Repeats a libssh call for as long as it answers `again`, waiting for the server in between. `call` may move `until`.
// Throws Error{connection_lost} when the connection ends or `until` comes first, or what Supervision::throw_if_over
// throws.
int complete(SshSession::Parts& parts, Supervision& supervision, const BootTime& until, int again,
             const std::function<int()>& call);

// Waits until the server has sent something, or takes what is still to be sent, or `until`.
void wait_for_server(SshSession::Parts& parts, Supervision& supervision, std::optional<BootTime> until);

// The server has closed the connection, or the network has broken it, while something else was waited for.
struct ConnectionEnded {};

// As Supervision::wait, for a person or another process: throws what Supervision::throw_if_over throws, and
// ConnectionEnded when nobody at the other end waits for it any more. Does not touch the session, which may be in use.
void wait_beside_server(SshSession::Parts& parts, Supervision& supervision, std::span<pollfd> own,
                        std::optional<BootTime> until);

// Takes in what the server has still sent. last_words() knows its last words then.
void take_last_words(SshSession::Parts& parts) noexcept;

// Why the server ended the connection, in its own words: hostile, at most 500 bytes; empty when it gave none.
std::string last_words(const SshSession::Parts& parts);

// What libssh says of an end or a refusal, but for its own troubles.
std::string library_words(const SshSession::Parts& parts);

// The connection has ended, and everything that came before was read. When it was the server who closed it, which a
// later word of ours could hide behind a reset, that is noted.
bool is_at_end(SshSession::Parts& parts) noexcept;

// Which events of the socket libssh waits for.
short wanted_events(SshSession::Parts& parts);

// Throws Error{connection_lost} with the server's last words, else with `problem`, else with libssh's words.
[[noreturn]] void throw_connection_lost(SshSession::Parts& parts, std::string_view problem = "");

// Version, key exchange and the check of the host key against the target's pinned one. An empty pin throws
// Error{host_key_unknown} unless `any_key`.
void shake_hands(SshSession::Parts& parts, Supervision& supervision, const ConnectLimits& limits, bool any_key);

// Throws Error{authentication_failed} {server, user, methods (tried), accepted (by the server), problem?, outdated?}.
void authenticate(SshSession::Parts& parts, Supervision& supervision, const Credentials& credentials,
                  const ConnectLimits& limits);

}  // namespace gilir
