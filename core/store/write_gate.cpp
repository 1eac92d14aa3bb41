#include "core/store/write_gate.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <span>
#include <utility>

#include "core/base/error.h"
#include "core/store/gate_holder.h"

namespace gilir::store {
namespace {

int set_lock(int descriptor, int command, short type) {
  struct flock lock {};
  lock.l_type = type;
  lock.l_whence = SEEK_SET;
  lock.l_len = 1;
  return fcntl(descriptor, command, &lock);
}

Milliseconds boot_now() {
  timespec time{};
  clock_gettime(CLOCK_BOOTTIME, &time);
  return Seconds{time.tv_sec} + Milliseconds{time.tv_nsec / 1'000'000};
}

timespec to_timespec(Milliseconds time) {
  const auto seconds = std::chrono::duration_cast<Seconds>(time);
  return {seconds.count(), (time - seconds).count() * 1'000'000};
}

constexpr std::array ending_signals{SIGHUP, SIGINT, SIGQUIT, SIGTERM};

sigset_t set_of(std::span<const int> signals) {
  sigset_t set;
  sigemptyset(&set);
  for (const int signal : signals) sigaddset(&set, signal);
  return set;
}

// Whoever is inside the gate is neither ended nor stopped there.
class SignalsHeldBack {
 public:
  SignalsHeldBack() {
    auto held_back = set_of(ending_signals);
    sigaddset(&held_back, SIGTSTP);
    sigprocmask(SIG_BLOCK, &held_back, &before_);
  }
  SignalsHeldBack(const SignalsHeldBack&) = delete;
  SignalsHeldBack& operator=(const SignalsHeldBack&) = delete;
  ~SignalsHeldBack() { let_in(); }

  const sigset_t& before() const { return before_; }
  void let_in() {
    if (std::exchange(held_back_, false)) sigprocmask(SIG_SETMASK, &before_, nullptr);
  }
  // They stay held back until somebody sets the mask that was before.
  sigset_t hand_over() {
    held_back_ = false;
    return before_;
  }

 private:
  sigset_t before_{};
  bool held_back_ = true;
};

// What the handlers of the one wait of this process know.
volatile sig_atomic_t ended_by = 0;
timer_t wait_timer{};

void interrupt_only(int) {}

void end_wait(int signal) {
  ended_by = signal;
  const itimerspec at_once{{0, 10'000'000}, {0, 1}};
  timer_settime(wait_timer, 0, &at_once, nullptr);
}

// Interrupts the blocking fcntl at the deadline or when a signal asks this process to end, whether it is blocked (who
// reads signals from a descriptor has them so) or not; and again every 10 ms after that: what arrives just before the
// call blocks cannot be lost. What is ignored stays ignored.
class WaitSignals {
 public:
  WaitSignals(Milliseconds limit, const sigset_t& caller_blocks) {
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGALRM;
    if (timer_create(CLOCK_BOOTTIME, &event, &wait_timer) != 0) {
      throw Error(ErrorCode::failed).with("problem", std::string("the system gives no timer: ") + strerror(errno));
    }
    ended_by = 0;
    sigset_t wanted;
    sigemptyset(&wanted);
    take(SIGALRM, interrupt_only, alarm_before_);
    sigaddset(&wanted, SIGALRM);
    for (std::size_t i = 0; i < ending_signals.size(); ++i) {
      sigaction(ending_signals[i], nullptr, &before_[i]);
      if (before_[i].sa_handler == SIG_IGN || is_known(ending_signals[i], caller_blocks)) continue;
      take(ending_signals[i], end_wait, before_[i]);
      sigaddset(&wanted, ending_signals[i]);
    }
    const itimerspec schedule{to_timespec(Milliseconds{10}), to_timespec(std::max(limit, Milliseconds{1}))};
    timer_settime(wait_timer, 0, &schedule, nullptr);
    sigprocmask(SIG_UNBLOCK, &wanted, &mask_before_);
  }
  WaitSignals(const WaitSignals&) = delete;
  WaitSignals& operator=(const WaitSignals&) = delete;
  // The timer goes while its signal is still let in: one that is pending then outlives its timer and, where the caller
  // blocks it, would be taken for one that somebody sent.
  ~WaitSignals() {
    const auto ending = set_of(ending_signals);
    sigprocmask(SIG_BLOCK, &ending, nullptr);
    timer_delete(wait_timer);
    sigaction(SIGALRM, &alarm_before_, nullptr);
    for (std::size_t i = 0; i < ending_signals.size(); ++i) sigaction(ending_signals[i], &before_[i], nullptr);
    sigprocmask(SIG_SETMASK, &mask_before_, nullptr);
  }

 private:
  // It came before, and the caller will read of it: whoever gives a lock back on the way out should not fail at that.
  static bool is_known(int signal, const sigset_t& caller_blocks) {
    sigset_t pending;
    sigpending(&pending);
    return sigismember(&caller_blocks, signal) == 1 && sigismember(&pending, signal) == 1;
  }
  static void take(int signal, void (*handler)(int), struct sigaction& before) {
    struct sigaction action {};
    action.sa_handler = handler;
    sigaction(signal, &action, &before);
  }

  struct sigaction alarm_before_ {};
  std::array<struct sigaction, ending_signals.size()> before_{};
  sigset_t mask_before_{};
};

}  // namespace

WriteGate::WriteGate(std::string path)
    : path_(std::move(path)), descriptor_(open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)) {
  if (descriptor_ < 0) {
    throw Error(ErrorCode::unreachable).with("path", path_).with("problem", std::string(strerror(errno)));
  }
}

WriteGate::~WriteGate() {
  close(descriptor_);
}

namespace {

Error busy(const std::string& path, Milliseconds waited) {
  Error error(ErrorCode::busy);
  error.add("waited_s", std::chrono::duration_cast<Seconds>(waited).count());
  name_holder(error, path);
  return error;
}

// 0, or why not: EINTR when the time is over, or when a signal asked for the end; it arrives again once it is let.
int wait_for_lock(int descriptor, Milliseconds limit, const sigset_t& caller_blocks) {
  const auto deadline = boot_now() + limit;
  int problem = EINTR;
  {
    const WaitSignals signals(limit, caller_blocks);
    while (problem == EINTR && ended_by == 0 && boot_now() < deadline)
      problem = set_lock(descriptor, F_OFD_SETLKW, F_WRLCK) == 0 ? 0 : errno;
  }
  if (ended_by != 0) raise(ended_by);
  return problem;
}

}  // namespace

WriteGate::Inside WriteGate::enter(Milliseconds limit) {
  SignalsHeldBack signals;
  if (set_lock(descriptor_, F_OFD_SETLK, F_WRLCK) == 0) return Inside(descriptor_, signals.hand_over());

  int problem = errno;
  if (problem == EAGAIN || problem == EACCES) {
    problem = wait_for_lock(descriptor_, limit, signals.before());
    if (problem == 0) return Inside(descriptor_, signals.hand_over());
  }
  signals.let_in();
  if (problem == EINTR) {
    auto error = busy(path_, limit);
    if (ended_by != 0) error.add("signal", static_cast<int>(ended_by));
    throw error;
  }
  throw Error(ErrorCode::unreachable).with("path", path_).with("problem", std::string(strerror(problem)));
}

std::optional<int> unread_ending_signal() {
  sigset_t pending;
  sigpending(&pending);
  for (const int signal : ending_signals) {
    struct sigaction action {};
    sigaction(signal, nullptr, &action);
    // One that is ignored is kept as well while it is blocked.
    if (sigismember(&pending, signal) == 1 && action.sa_handler != SIG_IGN) return signal;
  }
  return std::nullopt;
}

WriteGate::Inside::Inside(Inside&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), before_(other.before_) {}

WriteGate::Inside::~Inside() {
  if (descriptor_ < 0) return;
  set_lock(descriptor_, F_OFD_SETLK, F_UNLCK);
  sigprocmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace gilir::store
