#include "core/ssh/session_channel.h"

#include <algorithm>
#include <csignal>
#include <utility>

#include "core/base/error.h"

namespace gilir {

namespace {

constexpr Milliseconds opening_limit{15'000};

const char* protocol_name(int signal) {
  switch (signal) {
    case SIGHUP:
      return "HUP";
    case SIGINT:
      return "INT";
    case SIGQUIT:
      return "QUIT";
    case SIGPIPE:
      return "PIPE";
    case SIGUSR1:
      return "USR1";
    case SIGUSR2:
      return "USR2";
    case SIGALRM:
      return "ALRM";
    default:
      return "TERM";
  }
}

// What was asked for was not given: because there is no connection any more?
void throw_if_ended(SshSession::Parts& parts) {
  if (::ssh_is_connected(parts.session.get()) == 0) throw_connection_lost(parts);
}

}  // namespace

SessionChannel::SessionChannel(SshSession::Parts& parts, const SessionRequest& request, std::optional<WindowSize> size,
                               Supervision& supervision, Leash* leash)
    : channel_(::ssh_channel_new(parts.session.get())) {
  if (!channel_) throw_connection_lost(parts, "no channel");
  const auto until = boot_now() + opening_limit;
  const auto step = [&](std::string_view what, const std::function<int()>& call) {
    if (complete(parts, supervision, until, SSH_AGAIN, call) == SSH_OK) return;
    throw_connection_lost(parts, std::string(what) + ": " + library_words(parts));
  };
  step("opening a session", [&] {
    const int answer = ::ssh_channel_open_session(channel_.get());
    if (leash != nullptr) leash->open();
    return answer;
  });
  listen();
  try {
    const auto takes = [&](const std::function<int()>& call) {
      return complete(parts, supervision, until, SSH_AGAIN, call) == SSH_OK;
    };
    if (request.terminal) {
      const auto shown = size.value_or(WindowSize{});
      has_terminal_ = takes([&] {
        return ::ssh_channel_request_pty_size(channel_.get(), request.terminal_type.c_str(), shown.columns, shown.rows);
      });
      if (!has_terminal_) throw_if_ended(parts);
    }
    for (const auto& [name, value] : request.environment) {
      // A server may take one and not another.
      const bool is_taken =
          takes([&] { return ::ssh_channel_request_env(channel_.get(), name.c_str(), value.c_str()); });
      if (!is_taken) throw_if_ended(parts);
    }
    const bool had_work = std::exchange(parts.work_may_run, true);
    step("starting the command", [&] {
      const int answer = request.command.empty() ? ::ssh_channel_request_shell(channel_.get())
                                                 : ::ssh_channel_request_exec(channel_.get(), request.command.c_str());
      const bool was_refused = answer == SSH_ERROR && ::ssh_is_connected(parts.session.get()) != 0;
      if (was_refused) parts.work_may_run = had_work;
      if (leash != nullptr) leash->advance();
      return answer;
    });
  } catch (...) {
    // libssh keeps the channel until the server has closed it, and must not call into what is gone.
    ::ssh_remove_channel_callbacks(channel_.get(), &callbacks_);
    throw;
  }
}

void SessionChannel::listen() {
  callbacks_.userdata = this;
  callbacks_.channel_exit_status_function = [](ssh_session, ssh_channel, int status, void* self) {
    static_cast<SessionChannel*>(self)->exit_status_ = status;
  };
  callbacks_.channel_exit_signal_function = [](ssh_session, ssh_channel, const char* signal, int, const char*,
                                               const char*, void* self) {
    static_cast<SessionChannel*>(self)->exit_signal_ = signal;
  };
  callbacks_.channel_data_function = [](ssh_session, ssh_channel, void*, std::uint32_t held, int is_error_output,
                                        void* self) {
    // All of it stays with libssh, so that its window tells the server how much the reader has left.
    static_cast<SessionChannel*>(self)->unread_[is_error_output != 0 ? 1 : 0] = held;
    return 0;
  };
  callbacks_.channel_eof_function = [](ssh_session, ssh_channel, void* self) {
    static_cast<SessionChannel*>(self)->has_all_output_ = true;
  };
  callbacks_.channel_close_function = [](ssh_session, ssh_channel, void* self) {
    static_cast<SessionChannel*>(self)->is_closed_ = true;
  };
  callbacks_.size = sizeof callbacks_;
  ::ssh_set_channel_callbacks(channel_.get(), &callbacks_);
}

SessionChannel::~SessionChannel() {
  // libssh sends no close of ours by itself once the server has closed, and sshd keeps the session until
  // then.
  ::ssh_channel_close(channel_.get());
  ::ssh_remove_channel_callbacks(channel_.get(), &callbacks_);
}

std::size_t SessionChannel::read(char* into, std::size_t most, bool is_error_output) {
  auto& unread = unread_[is_error_output ? 1 : 0];
  if (unread == 0) return 0;
  const auto count = static_cast<std::uint32_t>(std::min(most, unread));
  const int got = ::ssh_channel_read_nonblocking(channel_.get(), into, count, is_error_output);
  if (got <= 0) {
    lost_output_ = true;
    unread = 0;
    return 0;
  }
  unread -= static_cast<std::size_t>(got);
  return static_cast<std::size_t>(got);
}

void SessionChannel::send_signal(int signal) {
  ::ssh_channel_request_send_signal(channel_.get(), protocol_name(signal));
}

}  // namespace gilir
