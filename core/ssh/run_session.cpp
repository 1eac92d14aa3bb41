#include "core/ssh/run_session.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <string_view>
#include <utility>
#include <vector>

#include "core/ssh/leash.h"
#include "core/ssh/session_channel.h"
#include "core/ssh/session_screen.h"
#include "core/ssh/tcp_connect.h"

namespace gilir {

namespace {

constexpr std::size_t input_chunk = 32 * 1024;
constexpr std::size_t output_chunk = 64 * 1024;
// How long the remote command has to end by itself after a local signal.
constexpr Milliseconds signal_grace{500};
// How long the leash may take to end what the session ran, and to say so.
constexpr Milliseconds leash_limit{5000};
// What is ended has this long where no permit says less.
constexpr Milliseconds leash_grace{1000};
// So many rounds of libssh before the other descriptors are looked at again.
constexpr int most_rounds = 16;

class SessionLoop {
 public:
  SessionLoop(SshSession& session, const SessionRequest& request, Supervision& supervision)
      : parts_(session.parts()),
        request_(request),
        supervision_(supervision),
        screen_(request, supervision),
        leash_(parts_),
        channel_(parts_, request, screen_.size(), supervision, request.leash ? &leash_ : nullptr),
        event_(::ssh_event_new()),
        received_(output_chunk),
        input_ended_(!request.send_input) {
    ::ssh_event_add_session(event_.get(), parts_.session.get());
    note_last_words();
    if (request.terminal && !channel_.has_terminal()) {
      screen_.go_without_terminal();
      if (request.hear_no_terminal) request.hear_no_terminal();
    }
    if (request.leash) leash_.look_after(supervision.permit() ? supervision.permit()->grace() : leash_grace);
  }
  ~SessionLoop() {
    if (parts_.session) ::ssh_event_remove_session(event_.get(), parts_.session.get());
  }
  SessionLoop(const SessionLoop&) = delete;
  SessionLoop& operator=(const SessionLoop&) = delete;

  SessionResult run();

 private:
  void work_with_server();
  void note_last_words();
  void take_output(bool is_error_output);
  void send_input();
  void read_input();
  bool wants_input();
  bool can_send();
  bool no_more_comes() const { return channel_.is_closed() || is_disconnected_; }
  bool is_drained() const { return no_more_comes() && channel_.unread() == 0 && screen_.is_written(); }
  bool has_more_output(bool is_error_output) const {
    return channel_.unread(is_error_output) != 0 && screen_.stream(is_error_output).is_empty();
  }
  void wait();
  void obey_signals();
  void obey_signal(int signal);
  void leave();
  void tell_size();
  bool is_over();
  void end_early();
  bool has_status() const { return channel_.exit_status() || !channel_.exit_signal().empty(); }
  bool end_work();
  SessionResult finish();

  SshSession::Parts& parts_;
  const SessionRequest& request_;
  Supervision& supervision_;
  SessionScreen screen_;
  Leash leash_;
  SessionChannel channel_;
  SshEvent event_;
  std::vector<char> received_;
  std::array<char, input_chunk> input_{};
  std::size_t input_begin_ = 0;
  std::size_t input_end_ = 0;
  bool input_ended_;
  bool end_was_sent_ = false;
  bool is_disconnected_ = false;
  bool has_ended_ = false;  // the connection has, which libssh need not know yet
  std::optional<BootTime> end_at_;
  SessionResult result_;
};

SessionResult SessionLoop::run() {
  screen_.enter();
  while (true) {
    work_with_server();
    obey_signals();
    screen_.show_notices();
    if (screen_.show_banner()) tell_size();
    if (supervision_.ending() != Ending::none) {
      end_early();
      break;
    }
    if (is_over()) break;
    send_input();
    wait();
  }
  return finish();
}

// Lets libssh read and write what it can, then moves what came towards the outputs.
void SessionLoop::work_with_server() {
  for (int round = 0; round < most_rounds && !is_disconnected_; ++round) {
    has_ended_ = has_ended_ || is_at_end(parts_);
    // Once libssh knows of it, it gives out nothing that it holds.
    if (has_ended_ && channel_.unread() != 0) break;
    const int answer = ::ssh_event_dopoll(event_.get(), 0);
    note_last_words();
    if (request_.leash) leash_.advance();
    const bool is_over_now = has_ended_ && channel_.unread() == 0;
    if (answer == SSH_ERROR || !::ssh_is_connected(parts_.session.get()) || is_over_now) is_disconnected_ = true;
    if (answer != SSH_OK) break;
  }
  take_output(false);
  take_output(true);
  acknowledge_quickly(parts_.socket.get());
}

// Before libssh has something else to say.
void SessionLoop::note_last_words() {
  if (result_.last_words.empty()) result_.last_words = last_words(parts_);
}

void SessionLoop::take_output(bool is_error_output) {
  auto& stream = screen_.stream(is_error_output);
  // The buffer is filled only when it is empty: what the reader does not take stays with the server, whose
  // window closes.
  for (int round = 0; round < most_rounds; ++round) {
    stream.write_some();
    if (!stream.is_empty()) return;
    const auto got = channel_.read(received_.data(), received_.size(), is_error_output);
    if (got == 0) return;
    result_.bytes_received += got;
    screen_.put(is_error_output, {received_.data(), got});
  }
}

// A chunk is taken up only when the one before is with the kernel: what is buffered in libssh would still be
// sent after a freeze.
bool SessionLoop::can_send() {
  return !channel_.is_closed() && !is_disconnected_ && !has_ended_ && (wanted_events(parts_) & POLLOUT) == 0;
}

bool SessionLoop::wants_input() {
  return !input_ended_ && input_begin_ == input_end_ && can_send() && ::ssh_channel_window_size(channel_.get()) > 0;
}

void SessionLoop::send_input() {
  if (input_begin_ != input_end_ && can_send() && supervision_.may_send()) {
    const auto count = static_cast<std::uint32_t>(input_end_ - input_begin_);
    const int sent = ::ssh_channel_write(channel_.get(), input_.data() + input_begin_, count);
    if (sent > 0) {
      input_begin_ += static_cast<std::size_t>(sent);
      result_.bytes_sent += static_cast<std::uint64_t>(sent);
    }
  }
  if (input_ended_ && !end_was_sent_ && input_begin_ == input_end_ && can_send()) {
    ::ssh_channel_send_eof(channel_.get());
    end_was_sent_ = true;
  }
}

void SessionLoop::read_input() {
  // A key that was held back may come before them.
  const auto got = ::read(request_.standard_input, input_.data(), input_.size() - 1);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  // A terminal that hung up answers EIO.
  if (got <= 0) {
    input_ended_ = true;
    return;
  }
  std::string typed(input_.data(), static_cast<std::size_t>(got));
  if (screen_.take_answers(typed)) leave();
  std::ranges::copy(typed, input_.begin());
  input_begin_ = 0;
  input_end_ = typed.size();
  send_input();
}

void SessionLoop::wait() {
  const bool read_now = wants_input() && supervision_.may_send();
  std::array<pollfd, 4> watched{};
  // An end that libssh must not know of yet would be reported for ever.
  watched[0] = {
      .fd = is_disconnected_ || has_ended_ ? -1 : parts_.socket.get(), .events = wanted_events(parts_), .revents = 0};
  watched[1] = {.fd = read_now ? request_.standard_input : -1, .events = POLLIN, .revents = 0};
  watched[2] = screen_.stream(false).to_poll();
  watched[3] = screen_.stream(true).to_poll();
  // Whatever libssh was asked for since, packets may have been taken in with it, after which no descriptor tells.
  const bool is_told = has_ended_ && !is_disconnected_ && channel_.unread() == 0;
  const bool goes_on = has_more_output(false) || has_more_output(true) || is_drained() || is_told;
  supervision_.wait(watched, goes_on ? boot_now() : end_at_);
  if (watched[1].revents == 0) return;
  // The server knows of a new size before what was typed in it.
  obey_signals();
  read_input();
}

void SessionLoop::obey_signals() {
  while (const auto signal = supervision_.take_signal()) obey_signal(*signal);
}

void SessionLoop::obey_signal(int signal) {
  switch (signal) {
    case SIGTSTP:
      screen_.leave();
      suspend();
      [[fallthrough]];
    case SIGCONT:
      screen_.enter();
      [[fallthrough]];
    case SIGWINCH:
      tell_size();
      break;
    case SIGUSR1:
    case SIGUSR2:
    case SIGALRM:
      channel_.send_signal(signal);
      break;
    case SIGCHLD:
    case SIGVTALRM:
    case SIGPROF:
    case SIGIO:
    case SIGPWR:
    case SIGSTKFLT:
      break;
    default:
      if (result_.local_signal != 0) {
        end_at_ = boot_now();
      } else {
        result_.local_signal = signal;
        channel_.send_signal(signal);
        end_at_ = boot_now() + signal_grace;
      }
  }
}

void SessionLoop::leave() {
  end_at_ = boot_now();
  if (!std::exchange(result_.was_left, true)) {
    channel_.send_signal(SIGHUP);
    *end_at_ += signal_grace;
  }
}

void SessionLoop::tell_size() {
  if (const auto size = screen_.remote_size()) ::ssh_channel_change_pty_size(channel_.get(), size->columns, size->rows);
}

bool SessionLoop::is_over() {
  const int problem = screen_.stream(false).problem();
  if (problem != 0 && result_.local_signal == 0) {
    // As for a local program that writes into a closed pipe.
    obey_signal(SIGPIPE);
    result_.output_problem = problem;
    end_at_ = boot_now();
  }
  if (end_at_ && boot_now() >= *end_at_) return true;
  return is_drained();
}

// The lock is over: everything is cut here, whatever the guardian does. Who was told so in time leaves in order
// instead, so that the server's closing confirms it and the next may come in; the guardian still cuts at the permit's
// end.
void SessionLoop::end_early() {
  result_.ending = supervision_.ending();
  result_.because = supervision_.because();
  if (!is_disconnected_) {
    channel_.send_signal(SIGHUP);
    ::ssh_event_dopoll(event_.get(), 0);
  }
  if (result_.ending != Ending::lost) ::shutdown(parts_.socket.get(), SHUT_RDWR);
}

// Whether what ran is over. A session that ended by itself is; of any other its leash ends what is left, while the
// connection and the permit stand.
bool SessionLoop::end_work() {
  if (has_status() && channel_.is_closed()) return true;
  const bool is_cut = result_.ending != Ending::none && result_.ending != Ending::lost;
  if (request_.leash && !is_cut && !is_disconnected_) {
    auto until = boot_now() + leash_limit;
    if (supervision_.permit()) until = std::min(until, supervision_.permit()->cut_at());
    leash_.let_go();
    serve_until(parts_, event_.get(), supervision_, until, [&] {
      leash_.advance();
      return leash_.is_settled();
    });
    if (leash_.answer() == Leash::Answer::over) return true;
    if (leash_.answer() == Leash::Answer::left) return false;
  } else if (result_.ending == Ending::lost && !is_disconnected_) {
    // It was sent HUP, which most heed.
    serve_until(parts_, event_.get(), supervision_, boot_now() + signal_grace, [&] { return has_status(); });
  }
  return has_status();
}

SessionResult SessionLoop::finish() {
  is_at_end(parts_);
  result_.status = channel_.exit_status();
  result_.remote_signal = channel_.exit_signal();
  const bool is_known = has_status();
  // sshd sends the status when the command ends, which may be before the last of its output.
  const bool is_whole = channel_.is_closed() || (is_known && channel_.has_all_output());
  result_.connection_lost = result_.ending == Ending::none && result_.local_signal == 0 && !result_.was_left &&
                            (channel_.lost_output() || !is_whole);
  screen_.end();
  result_.is_over = end_work();
  return result_;
}

}  // namespace

SessionResult run_session(SshSession& session, const SessionRequest& request, Supervision& supervision) {
  SessionResult result;
  const bool had_work = session.parts().work_may_run;
  {
    SessionLoop loop(session, request, supervision);
    result = loop.run();
  }
  if (result.is_over) session.parts().work_may_run = had_work;
  if (result.ending != Ending::none && result.ending != Ending::lost) session.cut();
  return result;
}

}  // namespace gilir
