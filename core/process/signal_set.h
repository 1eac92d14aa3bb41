// Signals as something to poll, instead of handlers: blocked, and read from one signalfd.
#pragma once

#include <csignal>
#include <initializer_list>
#include <optional>

#include "core/process/descriptor.h"

namespace gilir {

// What a session loop listens to. TSTP is how a Ctrl-Z arrives; STOP cannot be caught. USR1 and those after it mean
// something only to the program that runs under the lock: left to themselves they would end this process.
inline constexpr std::initializer_list<int> session_signals = {SIGHUP,  SIGINT,  SIGTERM, SIGQUIT,  SIGWINCH, SIGCHLD,
                                                               SIGTSTP, SIGCONT, SIGUSR1, SIGUSR2,  SIGALRM,  SIGVTALRM,
                                                               SIGPROF, SIGIO,   SIGPWR,  SIGSTKFLT};

// While it lives, the given signals are blocked and queue up here, and PIPE is ignored. The destructor drops
// what was not read and restores mask and dispositions. A signal that was ignored before stays ignored, so
// that nohup works, except CHLD, without which children cannot be waited for.
// One at a time, on the main thread, made before any other thread.
class SignalSet {
 public:
  explicit SignalSet(std::initializer_list<int> signals = session_signals);
  ~SignalSet();
  SignalSet(const SignalSet&) = delete;
  SignalSet& operator=(const SignalSet&) = delete;

  // Readable when next() has something.
  int descriptor() const { return descriptor_.get(); }
  // The next pending signal's number; never waits.
  std::optional<int> next();

 private:
  friend class SignalsAsBefore;
  Descriptor descriptor_;
  sigset_t previous_mask_{};
  sigset_t listened_{};
  struct sigaction previous_pipe_ {};
  struct sigaction previous_child_ {};
};

// While it lives, signals do to this process what they did before the set was made: for a question to a person, who may
// leave it with Ctrl-C.
class SignalsAsBefore {
 public:
  explicit SignalsAsBefore(const SignalSet& signals);
  ~SignalsAsBefore();
  SignalsAsBefore(const SignalsAsBefore&) = delete;
  SignalsAsBefore& operator=(const SignalsAsBefore&) = delete;

 private:
  sigset_t held_back_{};
};

// Stops this process, or its whole group, as Ctrl-Z does: not where no shell could continue it (an orphaned process
// group, which the kernel does not stop). Returns when it was continued, or at once. TSTP must not be ignored.
void suspend(bool whole_group = false);

}  // namespace gilir
