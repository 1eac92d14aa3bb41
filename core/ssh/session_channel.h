// The channel of one session: opening it, what it received, and what the server reports about its end.
#pragma once

#include <libssh/callbacks.h>

#include <cstddef>
#include <optional>
#include <string>

#include "core/process/terminal.h"
#include "core/ssh/leash.h"
#include "core/ssh/run_session.h"
#include "core/ssh/ssh_parts.h"

namespace gilir {

// Owns the channel and closes it. Not movable: libssh keeps a pointer into it.
class SessionChannel {
 public:
  // Opens it and starts the command or shell, and `leash` (which may be null) in the same round trips. Throws
  // Error{connection_lost} when the server refuses, or what Supervision::throw_if_over throws. A terminal or a variable
  // that the server refuses is gone without.
  SessionChannel(SshSession::Parts& parts, const SessionRequest& request, std::optional<WindowSize> size,
                 Supervision& supervision, Leash* leash);
  ~SessionChannel();
  SessionChannel(const SessionChannel&) = delete;
  SessionChannel& operator=(const SessionChannel&) = delete;

  ssh_channel get() const { return channel_.get(); }
  // The remote side has the terminal that was asked for.
  bool has_terminal() const { return has_terminal_; }
  // The server has closed it; nothing more will come than what is already here.
  bool is_closed() const { return is_closed_; }
  // The server has said that no more output comes; the status may still.
  bool has_all_output() const { return has_all_output_; }
  // What libssh has taken in and read() has not given out: of one stream, or of both. libssh gives it out only while
  // it knows of no end of the connection.
  std::size_t unread(bool is_error_output) const { return unread_[is_error_output ? 1 : 0]; }
  std::size_t unread() const { return unread_[0] + unread_[1]; }
  // Never takes in anything: libssh does whenever it is asked for more than it holds, the server's close or the end of
  // the connection among it. 0: nothing is there.
  std::size_t read(char* into, std::size_t most, bool is_error_output);
  // libssh refused what it held, because the connection broke.
  bool lost_output() const { return lost_output_; }
  std::optional<int> exit_status() const { return exit_status_; }
  const std::string& exit_signal() const { return exit_signal_; }
  // Sends a signal to the remote command (RFC 4254 §6.9); a server that does not know them ignores it.
  void send_signal(int signal);

 private:
  void listen();

  SshChannel channel_;
  ssh_channel_callbacks_struct callbacks_{};
  bool has_terminal_ = false;
  bool is_closed_ = false;
  bool has_all_output_ = false;
  bool lost_output_ = false;
  std::size_t unread_[2] = {0, 0};
  std::optional<int> exit_status_;
  std::string exit_signal_;
};

}  // namespace gilir
