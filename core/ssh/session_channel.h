// The channel of one session: opening it, and what the server reports about its end.
#pragma once

#include <libssh/callbacks.h>

#include <optional>
#include <string>

#include "core/process/terminal.h"
#include "core/ssh/run_session.h"
#include "core/ssh/ssh_parts.h"

namespace gilir {

// Owns the channel and closes it. Not movable: libssh keeps a pointer into it.
class SessionChannel {
 public:
  // Opens it and starts the command or shell. Throws Error{connection_lost} when the server refuses, or what
  // Supervision::throw_if_over throws.
  SessionChannel(SshSession::Parts& parts, const SessionRequest& request, std::optional<WindowSize> size,
                 Supervision& supervision);
  ~SessionChannel();
  SessionChannel(const SessionChannel&) = delete;
  SessionChannel& operator=(const SessionChannel&) = delete;

  ssh_channel get() const { return channel_.get(); }
  // The server has closed it; nothing more will come than what is already here.
  bool is_closed() const { return is_closed_; }
  std::optional<int> exit_status() const { return exit_status_; }
  const std::string& exit_signal() const { return exit_signal_; }
  // Sends a signal to the remote command (RFC 4254 §6.9); a server that does not know them ignores it.
  void send_signal(int signal);

 private:
  SshChannel channel_;
  ssh_channel_callbacks_struct callbacks_{};
  bool is_closed_ = false;
  std::optional<int> exit_status_;
  std::string exit_signal_;
};

}  // namespace gilir
