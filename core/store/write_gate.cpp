#include "core/store/write_gate.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <initializer_list>
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

void interrupt_only(int) {}

// Interrupts the blocking fcntl at the deadline, and again every 10 ms after it: a signal that arrives just
// before the call blocks cannot be lost.
class DeadlineSignal {
 public:
  explicit DeadlineSignal(Milliseconds limit) {
    struct sigaction action {};
    action.sa_handler = interrupt_only;
    sigaction(SIGALRM, &action, &before_);
    sigset_t alarm;
    sigemptyset(&alarm);
    sigaddset(&alarm, SIGALRM);
    sigprocmask(SIG_UNBLOCK, &alarm, &mask_before_);
    sigevent event{};
    event.sigev_notify = SIGEV_SIGNAL;
    event.sigev_signo = SIGALRM;
    if (timer_create(CLOCK_BOOTTIME, &event, &timer_) != 0) {
      throw Error(ErrorCode::failed).with("problem", std::string("timer_create: ") + strerror(errno));
    }
    const itimerspec schedule{to_timespec(Milliseconds{10}), to_timespec(std::max(limit, Milliseconds{1}))};
    timer_settime(timer_, 0, &schedule, nullptr);
  }
  DeadlineSignal(const DeadlineSignal&) = delete;
  DeadlineSignal& operator=(const DeadlineSignal&) = delete;
  ~DeadlineSignal() {
    timer_delete(timer_);
    sigaction(SIGALRM, &before_, nullptr);
    sigprocmask(SIG_SETMASK, &mask_before_, nullptr);
  }

 private:
  timer_t timer_{};
  struct sigaction before_ {};
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

// Who has the gate, for the person who waits for it.
Error busy(const std::string& path, Milliseconds waited) {
  Error error(ErrorCode::busy);
  error.add("waited_s", std::chrono::duration_cast<Seconds>(waited).count());
  if (const auto holder = holder_of_lock(path)) {
    const auto state = state_of_process(*holder);
    error.add("pid", *holder);
    error.add("command", state.name);
    error.add("stopped", state.stopped);
  }
  return error;
}

// 0, or why not: EINTR when the time is over.
int wait_for_lock(int descriptor, Milliseconds limit) {
  const auto deadline = boot_now() + limit;
  const DeadlineSignal signal(limit);
  int problem = EINTR;
  while (problem == EINTR && boot_now() < deadline) {
    if (set_lock(descriptor, F_OFD_SETLKW, F_WRLCK) == 0) return 0;
    problem = errno;
  }
  return problem;
}

sigset_t signals(std::initializer_list<int> numbers) {
  sigset_t set;
  sigemptyset(&set);
  for (const int number : numbers) sigaddset(&set, number);
  return set;
}

}  // namespace

WriteGate::Inside WriteGate::enter(Milliseconds limit) {
  const auto held_back = signals({SIGHUP, SIGINT, SIGTERM, SIGTSTP});
  sigset_t before;
  sigprocmask(SIG_BLOCK, &held_back, &before);
  if (set_lock(descriptor_, F_OFD_SETLK, F_WRLCK) == 0) return Inside(descriptor_, before);

  int problem = errno;
  if (problem == EAGAIN || problem == EACCES) {
    // Whoever waits may be ended: should that come just when the lock is there, the kernel gives it back. Stopped they
    // would keep it.
    const auto ends_only = signals({SIGTSTP});
    sigprocmask(SIG_SETMASK, &before, nullptr);
    sigprocmask(SIG_BLOCK, &ends_only, nullptr);
    problem = wait_for_lock(descriptor_, limit);
    if (problem == 0) {
      sigprocmask(SIG_BLOCK, &held_back, nullptr);
      return Inside(descriptor_, before);
    }
  }
  sigprocmask(SIG_SETMASK, &before, nullptr);
  if (problem == EINTR) throw busy(path_, limit);
  throw Error(ErrorCode::unreachable).with("path", path_).with("problem", std::string(strerror(problem)));
}

WriteGate::Inside::Inside(Inside&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), before_(other.before_) {}

WriteGate::Inside::~Inside() {
  if (descriptor_ < 0) return;
  set_lock(descriptor_, F_OFD_SETLK, F_UNLCK);
  sigprocmask(SIG_SETMASK, &before_, nullptr);
}

}  // namespace gilir::store
