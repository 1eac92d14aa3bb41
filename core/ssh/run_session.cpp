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

#include "core/process/output_stream.h"
#include "core/process/terminal.h"
#include "core/process/terminal_traces.h"
#include "core/ssh/answer_keys.h"
#include "core/ssh/leash.h"
#include "core/ssh/session_channel.h"
#include "core/ssh/status_line.h"
#include "core/ssh/tcp_connect.h"

namespace gilir {

namespace {

constexpr std::size_t input_chunk = 32 * 1024;
constexpr std::size_t output_chunk = 64 * 1024;
// How long the remote command has to end by itself after a local signal.
constexpr Milliseconds signal_grace{500};
// What a person types for the remote program in the moment in which a question appears is no answer to it: a reaction
// to what is seen takes longer than half a second, and its keys are no words of haste.
constexpr Milliseconds answers_after{1000};
// How long the leash may take to end what the session ran, and to say so.
constexpr Milliseconds leash_limit{5000};
// What is ended has this long where no permit says less.
constexpr Milliseconds leash_grace{1000};
// Whoever typed something within this time will see what is asked.
constexpr Milliseconds used_lately = std::chrono::minutes{10};
// How long what was received may take to be written out after the session has ended.
constexpr Milliseconds flush_limit{500};
// So many rounds of libssh before the other descriptors are looked at again.
constexpr int most_rounds = 16;

// The terminal as the session needs it; as it was when this goes.
class LocalTerminal {
 public:
  LocalTerminal(const SessionRequest& request)
      : input_(request.standard_input), wanted_(request.terminal), state_(request.standard_input) {}

  std::optional<WindowSize> size() const { return window_size(input_); }
  bool is_raw() const { return state_.is_raw(); }
  void enter() {
    if (wanted_) state_.make_raw();
  }
  void leave() { state_.restore(); }

 private:
  int input_;
  bool wanted_;
  TerminalState state_;
};

class SessionLoop {
 public:
  SessionLoop(SshSession& session, const SessionRequest& request, Supervision& supervision)
      : parts_(session.parts()),
        request_(request),
        supervision_(supervision),
        terminal_(request),
        leash_(parts_),
        channel_(parts_, request, terminal_.size(), supervision, request.leash ? &leash_ : nullptr),
        event_(::ssh_event_new()),
        output_(request.standard_output),
        error_output_(request.standard_error),
        received_(output_chunk),
        input_ended_(!request.send_input) {
    ::ssh_event_add_session(event_.get(), parts_.session.get());
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
  void take_output(OutputStream& stream, bool is_error_output);
  void send_input();
  void read_input();
  bool wants_input();
  bool can_send();
  bool no_more_comes() const { return channel_.is_closed() || is_disconnected_; }
  bool is_drained() const {
    return no_more_comes() && channel_.unread() == 0 && output_.is_empty() && error_output_.is_empty();
  }
  bool has_more_output() const {
    return (channel_.unread(false) != 0 && output_.is_empty()) ||
           (channel_.unread(true) != 0 && error_output_.is_empty());
  }
  void wait();
  void obey_signals();
  void obey_signal(int signal);
  void show_notices();
  void show_banner();
  void take_answers();
  void tell_size();
  void flush_output();
  void leave_screen();
  bool is_over();
  void end_early();
  bool has_status() const { return channel_.exit_status() || !channel_.exit_signal().empty(); }
  bool end_work();
  SessionResult finish();

  SshSession::Parts& parts_;
  const SessionRequest& request_;
  Supervision& supervision_;
  LocalTerminal terminal_;
  Leash leash_;
  SessionChannel channel_;
  SshEvent event_;
  OutputStream output_;
  OutputStream error_output_;
  TerminalTraces traces_;  // of the remote program
  StatusLine status_line_;
  AnswerKeys answer_keys_;
  BootTime used_at_ = boot_now();  // by a person
  BootTime asked_until_{};         // of the question that stands there
  BootTime answers_from_{};
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
  terminal_.enter();
  while (true) {
    work_with_server();
    obey_signals();
    show_notices();
    show_banner();
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
    if (request_.leash) leash_.advance();
    const bool is_over_now = has_ended_ && channel_.unread() == 0;
    if (answer == SSH_ERROR || !::ssh_is_connected(parts_.session.get()) || is_over_now) is_disconnected_ = true;
    if (answer != SSH_OK) break;
  }
  take_output(output_, false);
  take_output(error_output_, true);
  acknowledge_quickly(parts_.socket.get());
}

void SessionLoop::take_output(OutputStream& stream, bool is_error_output) {
  // The buffer is filled only when it is empty: what the reader does not take stays with the server, whose
  // window closes.
  for (int round = 0; round < most_rounds; ++round) {
    stream.write_some();
    if (!stream.is_empty()) return;
    const auto got = channel_.read(received_.data(), received_.size(), is_error_output);
    if (got == 0) return;
    result_.bytes_received += got;
    stream.put(received_.data(), got);
    if (stream.is_terminal()) traces_.see({received_.data(), got});
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
  used_at_ = boot_now();
  input_begin_ = 0;
  input_end_ = static_cast<std::size_t>(got);
  take_answers();
  send_input();
}

void SessionLoop::wait() {
  const bool read_now = wants_input() && supervision_.may_send();
  std::array<pollfd, 4> watched{};
  // An end that libssh must not know of yet would be reported for ever.
  watched[0] = {
      .fd = is_disconnected_ || has_ended_ ? -1 : parts_.socket.get(), .events = wanted_events(parts_), .revents = 0};
  watched[1] = {.fd = read_now ? request_.standard_input : -1, .events = POLLIN, .revents = 0};
  watched[2] = output_.to_poll();
  watched[3] = error_output_.to_poll();
  // Whatever libssh was asked for since, packets may have been taken in with it, after which no descriptor tells.
  const bool is_told = has_ended_ && !is_disconnected_ && channel_.unread() == 0;
  const bool goes_on = has_more_output() || is_drained() || is_told;
  supervision_.wait(watched, goes_on ? boot_now() : end_at_);
  if (watched[1].revents != 0) read_input();
}

void SessionLoop::obey_signals() {
  while (const auto signal = supervision_.take_signal()) obey_signal(*signal);
}

void SessionLoop::obey_signal(int signal) {
  switch (signal) {
    case SIGTSTP:
      terminal_.leave();
      suspend();
      [[fallthrough]];
    case SIGCONT:
      terminal_.enter();
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

void SessionLoop::show_notices() {
  while (const auto notice = supervision_.take_notice()) {
    const std::string line = terminal_.is_raw() ? "\r\n" + *notice + "\r\n" : *notice + "\n";
    error_output_.put(line.data(), line.size());
    error_output_.write_some();
  }
}

void SessionLoop::tell_size() {
  const auto size = terminal_.size();
  if (!size || !request_.terminal) return;
  const auto left = status_line_.remote_size(*size);
  ::ssh_channel_change_pty_size(channel_.get(), left.columns, left.rows);
}

// Between two pieces of the remote program's output, not within one.
void SessionLoop::show_banner() {
  if (!terminal_.is_raw()) {
    if (const auto line = supervision_.take_banner_line()) {
      error_output_.put(line->data(), line->size());
      error_output_.put("\n", 1);
    }
    return;
  }
  const auto size = terminal_.size();
  if (!size || !output_.is_empty()) return;
  const bool was_shown = status_line_.is_shown();
  const auto& banner = supervision_.banner();
  const auto left = banner ? std::max(banner->until - boot_now(), Milliseconds{0}) : Milliseconds{0};
  const auto written =
      banner ? status_line_.show(banner->rows(std::chrono::ceil<Seconds>(left)), *size) : status_line_.hide(*size);
  error_output_.put(written.data(), written.size());
  error_output_.write_some();
  if (banner && (!was_shown || asked_until_ + answers_after < banner->until)) {
    asked_until_ = banner->until;
    answers_from_ = boot_now() + answers_after;
  }
  if (was_shown != status_line_.is_shown()) tell_size();
  if (banner && status_line_.is_shown() && boot_now() - used_at_ < used_lately) supervision_.banner_is_shown();
}

// The keys that answer what the banner asks do not reach the remote program.
void SessionLoop::take_answers() {
  const auto& banner = supervision_.banner();
  const bool may_answer = banner && status_line_.is_shown() && boot_now() >= answers_from_;
  std::string typed(input_.data(), input_end_);
  const auto answer = answer_keys_.take(typed, may_answer ? std::string_view(banner->keys) : std::string_view());
  std::ranges::copy(typed, input_.begin());
  input_end_ = typed.size();
  if (answer) supervision_.answer(*answer);
}

bool SessionLoop::is_over() {
  if (output_.problem() != 0 && result_.local_signal == 0) {
    // As for a local program that writes into a closed pipe.
    obey_signal(SIGPIPE);
    result_.output_problem = output_.problem();
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

void SessionLoop::flush_output() {
  const std::array streams{&output_, &error_output_};
  flush(streams, flush_limit);
}

// What stands on the terminal afterwards is ours or a shell's, wherever the remote program was cut off.
void SessionLoop::leave_screen() {
  if (const auto size = terminal_.size(); size && status_line_.is_shown()) {
    const auto written = status_line_.hide(*size);
    error_output_.put(written.data(), written.size());
  }
  flush_output();
  if (const auto written = traces_.undo(); !written.empty()) {
    auto& screen = output_.is_terminal() ? output_ : error_output_;
    screen.put(written.data(), written.size());
    flush_output();
  }
  terminal_.leave();
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
  result_.connection_lost =
      result_.ending == Ending::none && result_.local_signal == 0 && (channel_.lost_output() || !is_whole);
  leave_screen();
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
