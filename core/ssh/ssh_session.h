// One authenticated SSH connection, on libssh, tuned so that connecting takes as few waits as the protocol
// allows. No ssh_config and no known_hosts is read.
//
//   SshSession session = SshSession::open(target, credentials, limits, supervision);
//   SessionResult result = run_session(session, request, supervision);   // core/ssh/run_session.h
//   bool confirmed = session.close_and_confirm();
//
// The socket is handed to the guardian between connect(2) and the first byte. Everything waits in
// Supervision::wait, so that renewals, signals and the cut are served while connecting.
#pragma once

#include <memory>

#include "core/guardian/supervision.h"
#include "core/ssh/host_key.h"
#include "core/ssh/ssh_target.h"

namespace gilir {

// Move-only owner of the connection. The destructor cuts it without ceremony. Not thread-safe.
class SshSession {
 public:
  // Throws Error: connect_failed, host_key_unknown, host_key_changed, authentication_failed, connection_lost
  // (all with {server, …} as core/base/error.h lists them); lost, interrupted from the supervision.
  // An error that comes after the login was tried has the detail `login_over`, as close_and_confirm()
  // answers; one without it came before any login. Looking up the name is part of limits.connect.
  static SshSession open(const SshTarget& target, const Credentials& credentials, const ConnectLimits& limits,
                         Supervision& supervision);

  SshSession(SshSession&&) noexcept;
  SshSession& operator=(SshSession&&) noexcept;
  ~SshSession();

  const HostKey& host_key() const;
  // How it was let in: "publickey", "password", "keyboard-interactive", "none".
  const std::string& authenticated_with() const;

  // Says goodbye and waits for the server to close the connection. sshd does so after it has recorded the end
  // of the session, so that true means: the server stands no login of ours any more, and its own log says so.
  // False: the time ran out; the connection is cut all the same. Tells the guardian. Repeatable; the first
  // answer stays.
  bool close_and_confirm(Milliseconds timeout = Milliseconds{2000});
  // Nothing that this connection started runs on at the server: nothing was started, or it is over as
  // SessionResult::is_over says. The connection's end alone would not tell.
  bool work_is_over() const;
  // Shuts the socket down both ways at once. For a lock that is lost.
  void cut() noexcept;

  struct Parts;  // for the session loop
  Parts& parts() { return *parts_; }

 private:
  explicit SshSession(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

// The key that the server shows, for `server trust`; no login is attempted.
// Throws Error{connect_failed} or Error{connection_lost}.
HostKey fetch_host_key(const SshTarget& target, const ConnectLimits& limits, Supervision& supervision);

}  // namespace gilir
