#include "core/ssh/ssh_session.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "core/base/error.h"
#include "core/ssh/ssh_parts.h"
#include "core/ssh/tcp_connect.h"

namespace gilir {

namespace {

// The server has closed its end. A shutdown of ours alone (or the guardian's) also reads as an end of file,
// but leaves the connection in one of these states (RFC 793).
bool was_closed_by_server(int socket) {
  const auto state = tcp_state(socket);
  return state && state != TCP_ESTABLISHED && state != TCP_FIN_WAIT1 && state != TCP_FIN_WAIT2;
}

// True when the server closed the connection before `until`. What it still sent is dropped.
bool wait_for_end_of_file(int socket, BootTime until) {
  while (true) {
    const auto left = until - boot_now();
    if (left <= Milliseconds{0}) return false;
    pollfd watched{.fd = socket, .events = POLLIN, .revents = 0};
    if (::poll(&watched, 1, static_cast<int>(left.count())) <= 0) continue;
    char dropped[16384];
    const auto got = ::read(socket, dropped, sizeof dropped);
    if (got == 0) return was_closed_by_server(socket);
    // A reset may come from anything on the way, so it confirms nothing.
    if (got < 0 && errno != EAGAIN && errno != EINTR) return false;
  }
}

void send_what_is_pending(SshSession::Parts& parts, BootTime until) {
  const SshEvent event(::ssh_event_new());
  ::ssh_event_add_session(event.get(), parts.session.get());
  while ((::ssh_get_poll_flags(parts.session.get()) & SSH_WRITE_PENDING) != 0) {
    const auto left = until - boot_now();
    if (left <= Milliseconds{0}) break;
    if (::ssh_event_dopoll(event.get(), static_cast<int>(left.count())) == SSH_ERROR) break;
  }
  ::ssh_event_remove_session(event.get(), parts.session.get());
}

}  // namespace

SshSession::SshSession(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
SshSession::SshSession(SshSession&&) noexcept = default;

SshSession& SshSession::operator=(SshSession&& other) noexcept {
  std::swap(parts_, other.parts_);
  return *this;
}

SshSession::~SshSession() {
  if (parts_) cut();
}

SshSession SshSession::open(const SshTarget& target, const Credentials& credentials, const ConnectLimits& limits,
                            Supervision& supervision) {
  auto owned = std::make_unique<Parts>();
  auto& parts = *owned;
  // From here on an exception cuts the connection and tells the guardian.
  SshSession session(std::move(owned));
  parts.target = target;
  parts.socket = tcp_connect(target, limits.connect, supervision);
  parts.guardian = supervision.guardian();
  if (parts.guardian != nullptr) {
    parts.guardian->guard_socket(parts.socket.get());
    parts.is_guarded = true;
  }
  shake_hands(parts, supervision, limits, false);
  try {
    authenticate(parts, supervision, credentials, limits);
  } catch (Error& error) {
    // The server may have let us in without our having heard of it.
    if (supervision.ending() != Ending::none) session.cut();
    error.add("login_over", session.close_and_confirm());
    throw;
  }
  return session;
}

const HostKey& SshSession::host_key() const {
  return parts_->host_key;
}
const std::string& SshSession::authenticated_with() const {
  return parts_->method;
}

bool SshSession::work_is_over() const {
  return !parts_->work_may_run;
}

bool SshSession::close_and_confirm(Milliseconds timeout) {
  auto& parts = *parts_;
  if (parts.confirmed) return *parts.confirmed;
  const auto until = boot_now() + timeout;
  is_at_end(parts);
  if (::ssh_is_connected(parts.session.get()) != 0) send_what_is_pending(parts, until);
  ::ssh_disconnect(parts.session.get());
  // Before our own shutdown only a reset closes a connection, and it confirms nothing: it may come from anything on the
  // way. libssh may have been told of it already, and nobody is told twice.
  const bool was_reset = tcp_state(parts.socket.get()) == TCP_CLOSE;
  ::shutdown(parts.socket.get(), SHUT_WR);
  parts.confirmed = parts.closed_by_server || (!was_reset && wait_for_end_of_file(parts.socket.get(), until));
  const bool confirmed = *parts.confirmed;
  cut();
  parts.confirmed = confirmed;
  return confirmed;
}

void SshSession::cut() noexcept {
  auto& parts = *parts_;
  if (!parts.confirmed) parts.confirmed = false;
  if (!parts.socket) return;
  ::shutdown(parts.socket.get(), SHUT_RDWR);
  parts.session.reset();
  parts.socket.reset();
  if (parts.is_guarded) parts.guardian->socket_closed();
}

HostKey fetch_host_key(const SshTarget& target, const ConnectLimits& limits, Supervision& supervision) {
  SshSession::Parts parts;
  parts.target = target;
  parts.socket = tcp_connect(target, limits.connect, supervision);
  shake_hands(parts, supervision, limits, true);
  return parts.host_key;
}

}  // namespace gilir
