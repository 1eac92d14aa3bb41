#include "core/process/signal_set.h"

#include <sys/signalfd.h>
#include <unistd.h>

#include <cerrno>

namespace gilir {

namespace {

// The kernel queues blocked signals even when they are ignored, so that an ignored one would come through.
bool is_ignored(int signal) {
  struct sigaction action {};
  return ::sigaction(signal, nullptr, &action) == 0 && action.sa_handler == SIG_IGN;
}

}  // namespace

SignalSet::SignalSet(std::initializer_list<int> signals) {
  ::sigemptyset(&listened_);
  for (const int signal : signals) {
    if (signal == SIGCHLD || !is_ignored(signal)) ::sigaddset(&listened_, signal);
  }
  descriptor_ = Descriptor(::signalfd(-1, &listened_, SFD_CLOEXEC | SFD_NONBLOCK));
  if (!descriptor_) throw_system_error("signalfd", errno);
  ::sigprocmask(SIG_BLOCK, &listened_, &previous_mask_);
  struct sigaction action {};
  action.sa_handler = SIG_IGN;
  ::sigaction(SIGPIPE, &action, &previous_pipe_);
  action.sa_handler = SIG_DFL;
  ::sigaction(SIGCHLD, &action, &previous_child_);
}

SignalSet::~SignalSet() {
  while (next()) {
  }
  ::sigaction(SIGCHLD, &previous_child_, nullptr);
  ::sigaction(SIGPIPE, &previous_pipe_, nullptr);
  ::sigprocmask(SIG_SETMASK, &previous_mask_, nullptr);
}

std::optional<int> SignalSet::next() {
  signalfd_siginfo information{};
  const auto got = ::read(descriptor_.get(), &information, sizeof information);
  if (got != sizeof information) return std::nullopt;
  return static_cast<int>(information.ssi_signo);
}

SignalsAsBefore::SignalsAsBefore(const SignalSet& signals) {
  ::sigprocmask(SIG_SETMASK, &signals.previous_mask_, &held_back_);
}

SignalsAsBefore::~SignalsAsBefore() {
  ::sigprocmask(SIG_SETMASK, &held_back_, nullptr);
}

void suspend(bool whole_group) {
  sigset_t stop;
  sigset_t previous;
  ::sigemptyset(&stop);
  ::sigaddset(&stop, SIGTSTP);
  ::kill(whole_group ? 0 : ::getpid(), SIGTSTP);
  ::sigprocmask(SIG_UNBLOCK, &stop, &previous);
  ::sigprocmask(SIG_SETMASK, &previous, nullptr);
}

}  // namespace gilir
