#include "core/process/terminal.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <csignal>

namespace gilir {

namespace {

// A process in the background that touches the terminal is stopped by TTOU, unless it holds TTOU back.
class HoldBackTerminalStops {
 public:
  HoldBackTerminalStops() {
    sigset_t stops;
    ::sigemptyset(&stops);
    ::sigaddset(&stops, SIGTTOU);
    ::sigprocmask(SIG_BLOCK, &stops, &previous_);
  }
  ~HoldBackTerminalStops() { ::sigprocmask(SIG_SETMASK, &previous_, nullptr); }
  HoldBackTerminalStops(const HoldBackTerminalStops&) = delete;
  HoldBackTerminalStops& operator=(const HoldBackTerminalStops&) = delete;

 private:
  sigset_t previous_{};
};

// Of a terminal that is not ours to control nobody is in the background.
bool is_in_background(int descriptor) {
  const pid_t group = ::tcgetpgrp(descriptor);
  return group > 0 && group != ::getpgrp();
}

}  // namespace

Descriptor open_controlling_terminal() {
  return Descriptor(::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC));
}

std::optional<WindowSize> window_size(int descriptor) {
  winsize size{};
  if (::ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0) return std::nullopt;
  return WindowSize{size.ws_col, size.ws_row};
}

TerminalState::TerminalState(int descriptor) : descriptor_(descriptor) {
  termios modes{};
  if (::tcgetattr(descriptor, &modes) == 0) saved_ = modes;
}

void TerminalState::make_raw() {
  if (!saved_) return;
  termios raw = *saved_;
  ::cfmakeraw(&raw);
  changed_ = ::tcsetattr(descriptor_, TCSANOW, &raw) == 0 || changed_;
}

void TerminalState::hide_input() {
  if (!saved_) return;
  termios hidden = *saved_;
  hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO | ECHOE | ECHOK | ECHONL);
  hidden.c_cc[VSUSP] = _POSIX_VDISABLE;
  // FLUSH: what was typed before the question is not an answer to it.
  changed_ = ::tcsetattr(descriptor_, TCSAFLUSH, &hidden) == 0 || changed_;
}

void TerminalState::restore() noexcept {
  if (changed_) force_restore();
}

void TerminalState::force_restore() noexcept {
  if (!saved_ || is_in_background(descriptor_)) return;
  HoldBackTerminalStops hold;
  // NOW, not DRAIN: a terminal that takes no output must not keep a lease from being released.
  ::tcsetattr(descriptor_, TCSANOW, &*saved_);
  changed_ = false;
}

ForegroundLoan::ForegroundLoan(int descriptor) : descriptor_(descriptor), own_group_(::getpgrp()) {}

std::optional<int> ForegroundLoan::descriptor_to_lend() {
  is_lent_ = ::tcgetpgrp(descriptor_) == own_group_;
  return is_lent_ ? std::optional(descriptor_) : std::nullopt;
}

bool ForegroundLoan::give(pid_t group) noexcept {
  HoldBackTerminalStops hold;
  const pid_t now = ::tcgetpgrp(descriptor_);
  // After a stop we may have been continued in the background (`bg`), with nothing to lend.
  is_lent_ = now == group || (now == own_group_ && ::tcsetpgrp(descriptor_, group) == 0);
  return is_lent_;
}

bool ForegroundLoan::is_ours() const noexcept {
  return ::tcgetpgrp(descriptor_) == own_group_;
}

void ForegroundLoan::take_back() noexcept {
  HoldBackTerminalStops hold;
  if (is_lent_) ::tcsetpgrp(descriptor_, own_group_);
  is_lent_ = false;
}

}  // namespace gilir
