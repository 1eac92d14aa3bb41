#include "core/ssh/leash.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/random.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <csignal>
#include <string_view>

namespace gilir {
namespace {

constexpr std::string_view mark = "gilir-leash ";
constexpr std::size_t longest_line = 1024;
constexpr std::size_t longest_number = 10;
// With what it takes to look at all processes again and again, the leash is done in less than 5 s.
constexpr Milliseconds longest_grace{1200};

// What the leash's shell does, a line a step. It is sent as one line within single quotes, so it has neither quotes of
// that kind, nor backslashes, nor exclamation marks, which csh and fish take for something else. It needs nothing but
// a POSIX shell, sleep and Linux's /proc.
constexpr std::array leash_steps{
    // w: tenths of a second until KILL; s: the sessions to end, the first being the command's own; b: when its leader
    // started.
    R"sh(w=12 s= b= v="$SSH_ORIGINAL_COMMAND")sh",
    R"sh(o(){ echo "gilir-leash $*"; })sh",
    // r PID reads i: the process, q: its parent, g: its session, c: its start; fails for one that is gone or a zombie
    // without threads. Fields are counted behind the name in brackets, which may hold anything.
    R"sh(r(){ x=; { read -r x <"/proc/$1/stat"; } 2>/dev/null; i=$1; set -- ${x##*) }; q=$2 g=$4 c=${20}; case $1${18} in ""|X*|Z1) return 1; esac; })sh",
    // f lists the living processes of the sessions in l, with sessions that those have begun; fails when there is
    // none. When the leader's number is another process's by now, nothing of that session can be left.
    R"sh(f(){ r "${s%% *}" && { [ "$c" = "$b" ] || s=-; }; l=; while :; do k=$l h=$s l=; for d in /proc/[0-9]*; do r "${d#/proc/}" || continue; case " $s " in *" $g "*|*" $i "*) ;; *) case " $k " in *" $q "*) s="$s $g";; *) continue;; esac;; esac; l="$l $i"; done; [ -z "$l" ] && return 1; [ "$k" ] && [ "$h" = "$s" ] && return 0; done; })sh",
    // Twice nothing: one look may miss a process that begets another and ends while it is going on.
    R"sh(e(){ f || f || { o over; exit; }; })sh",
    R"sh(n(){ sleep .1 2>/dev/null || sleep 1; })sh",
    R"sh([ -z "$v" ] || { o forced; exit; })sh",
    // Where others' processes are hidden, "none is left" would prove nothing.
    R"sh(r 1 && r $$ && [ "$g" = $$ ] || { o unseen; exit; })sh",
    R"sh(trap "" HUP INT TERM PIPE)sh",
    // Who answers with this number has heard us through a connection that stood after we had begun. Had it ended
    // before, our parent would be whoever takes up orphans, and its other children everybody's.
    R"sh(o ready $((A+B)) $$)sh",
    // k looks for the command: the connection's other child, while the connection is still our parent.
    R"sh(k(){ w=$1 y=; { read -r y </proc/$PPID/task/$PPID/children; } 2>/dev/null; [ "$y" ] || for d in /proc/[0-9]*; do y="$y ${d#/proc/}"; done; for d in $y; do r $d && [ "$q" = $PPID ] && { [ "$i" = $$ ] || s=$i b=$c; }; done; r $$ && [ "$q" = $PPID ] && [ $PPID -gt 1 ] || s=; o session ${s:-none}; })sh",
    // The end of our input alone ends nobody: sshd may close a channel that is quiet (ChannelTimeout), and TMOUT has
    // some shells' read give up. The session ends when we are told so, or when our parent is no longer the connection.
    R"sh(unset TMOUT; j=0; while :; do if read -r a t p; then [ "$p" = $$ ] || continue; [ "$a" = end ] && break; k $t; else [ "$s" ] && r $$ && [ "$q" = $PPID ] || break; if [ $j -lt 9 ]; then n; else sleep 1; fi; j=$((j+1)); fi; done)sh",
    R"sh([ "$s" ] || { o none; exit; })sh",
    R"sh(e; for y in HUP TERM CONT; do kill -$y $l; done 2>/dev/null)sh",
    R"sh(j=0; while [ $j -lt $w ]; do n; e; j=$((j+1)); done)sh",
    R"sh(j=0; while [ $j -lt 20 ]; do kill -KILL $l 2>/dev/null; n; e; j=$((j+1)); done)sh",
    R"sh(o left)sh",
};

bool has_had_enough(Supervision& supervision) {
  while (const auto signal = supervision.take_signal()) {
    if (*signal == SIGHUP || *signal == SIGINT || *signal == SIGQUIT || *signal == SIGTERM) return true;
  }
  return false;
}

void wait_for_more(SshSession::Parts& parts, Supervision& supervision, BootTime until) {
  pollfd watched{.fd = parts.socket.get(), .events = wanted_events(parts), .revents = 0};
  if (supervision.ending() == Ending::none) return supervision.wait({&watched, 1}, until);
  // Nothing is renewed any more, and the supervision no longer waits.
  constexpr Milliseconds nap{50};
  const auto left = std::clamp(until - boot_now(), Milliseconds{0}, nap);
  ::poll(&watched, 1, static_cast<int>(left.count()));
  supervision.wait({}, boot_now());
}

}  // namespace

std::string leash_line(std::uint32_t first, std::uint32_t second) {
  std::string line = fmt::format("exec /bin/sh -c 'A={} B={}", first, second);
  for (const std::string_view step : leash_steps) line += fmt::format("; {}", step);
  return line + "'";
}

Leash::Leash(SshSession::Parts& parts) : parts_(parts) {
  if (::getrandom(numbers_, sizeof numbers_, 0) != sizeof numbers_) fail(Failure::no_channel);
  // Some shells calculate with 32 bits.
  for (auto& number : numbers_) number &= 0x3fffffff;
}

Leash::~Leash() {
  if (!channel_) return;
  ::ssh_channel_close(channel_.get());
  ::ssh_remove_channel_callbacks(channel_.get(), &callbacks_);
}

void Leash::open() {
  if (is_settled() || state_ == State::starting || state_ == State::running) return;
  if (state_ == State::closed) {
    channel_.reset(::ssh_channel_new(parts_.session.get()));
    if (!channel_) return fail(Failure::no_channel);
    state_ = State::opening;
  }
  const int answer = ::ssh_channel_open_session(channel_.get());
  if (answer == SSH_AGAIN) return;
  if (answer != SSH_OK) return fail(Failure::no_channel);
  callbacks_.userdata = this;
  callbacks_.channel_data_function = [](ssh_session, ssh_channel, void* data, std::uint32_t held, int is_error_output,
                                        void* self) {
    if (is_error_output == 0) static_cast<Leash*>(self)->hear(static_cast<const char*>(data), held);
    return static_cast<int>(held);
  };
  callbacks_.channel_close_function = [](ssh_session, ssh_channel, void* self) {
    auto* leash = static_cast<Leash*>(self);
    if (!leash->is_settled()) leash->fail(Failure::no_shell);
  };
  callbacks_.size = sizeof callbacks_;
  ::ssh_set_channel_callbacks(channel_.get(), &callbacks_);
  state_ = State::starting;
}

void Leash::advance() {
  open();
  if (state_ == State::starting && !is_settled()) {
    const auto line = leash_line(numbers_[0], numbers_[1]);
    const int answer = ::ssh_channel_request_exec(channel_.get(), line.c_str());
    if (answer == SSH_AGAIN) return;
    if (answer != SSH_OK) return fail(Failure::no_shell);
    state_ = State::running;
  }
  if (state_ != State::running || is_settled()) return;
  // Not before it has told its number, see leash_steps.
  if (!is_ready_) return;
  if (grace_ && !was_told_) {
    const auto tenths = (std::min(*grace_, longest_grace).count() + 99) / 100;
    say(fmt::format("look {} {}\n", tenths, number_));
    was_told_ = true;
  }
  if (may_go_ && !has_gone_) {
    say(fmt::format("end 0 {}\n", number_));
    ::ssh_channel_send_eof(channel_.get());
    has_gone_ = true;
  }
}

void Leash::look_after(Milliseconds grace) {
  grace_ = grace;
  advance();
}

void Leash::let_go() {
  may_go_ = true;
  advance();
}

void Leash::say(const std::string& line) {
  ::ssh_channel_write(channel_.get(), line.data(), static_cast<std::uint32_t>(line.size()));
}

void Leash::fail(Failure failure) {
  if (failure_ == Failure::none) failure_ = failure;
}

void Leash::hear(const char* bytes, std::size_t count) {
  heard_.append(bytes, count);
  for (auto end = heard_.find('\n'); end != std::string::npos; end = heard_.find('\n')) {
    hear_line(std::string_view(heard_).substr(0, end));
    heard_.erase(0, end + 1);
  }
  if (heard_.size() > longest_line) heard_.clear();
}

// What a login shell says by itself before it runs the line is passed over.
void Leash::hear_line(std::string_view line) {
  if (!line.starts_with(mark)) return;
  line.remove_prefix(mark.size());
  const auto greeting = fmt::format("ready {} ", numbers_[0] + numbers_[1]);
  if (line.starts_with(greeting)) {
    number_ = line.substr(greeting.size());
    is_ready_ = !number_.empty() && number_.size() <= longest_number &&
                number_.find_first_not_of("0123456789") == std::string::npos;
  }
  if (line == "forced") return fail(Failure::forced);
  if (line == "unseen") return fail(Failure::unseen);
  if (!is_ready_) return;
  if (line.starts_with("session ")) has_session_ = line != "session none";
  if (line == "over" && has_session_) answer_ = Answer::over;
  if (line == "left") answer_ = Answer::left;
  if (line == "none") answer_ = Answer::unknown;
}

bool serve_until(SshSession::Parts& parts, ssh_event event, Supervision& supervision, BootTime until,
                 const std::function<bool()>& is_done) {
  while (!is_done()) {
    const auto ending = supervision.ending();
    const bool may_go_on = ending == Ending::none || ending == Ending::lost;
    if (!may_go_on || has_had_enough(supervision) || boot_now() >= until) return false;
    if (is_at_end(parts) || ::ssh_is_connected(parts.session.get()) == 0) return false;
    wait_for_more(parts, supervision, until);
    if (::ssh_event_dopoll(event, 0) == SSH_ERROR) return is_done();
  }
  return true;
}

}  // namespace gilir
