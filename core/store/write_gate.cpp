#include "core/store/write_gate.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <utility>

#include "core/base/error.h"

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

WriteGate::Inside WriteGate::enter(Milliseconds limit) {
  sigset_t held_back;
  sigemptyset(&held_back);
  for (const int signal : {SIGHUP, SIGINT, SIGTERM, SIGTSTP}) sigaddset(&held_back, signal);
  sigset_t before;
  sigprocmask(SIG_BLOCK, &held_back, &before);
  if (set_lock(descriptor_, F_OFD_SETLK, F_WRLCK) == 0) return Inside(descriptor_, before);

  int problem = errno;
  if (problem == EAGAIN || problem == EACCES) {
    const auto deadline = boot_now() + limit;
    const DeadlineSignal signal(limit);
    do {
      if (set_lock(descriptor_, F_OFD_SETLKW, F_WRLCK) == 0) return Inside(descriptor_, before);
      problem = errno;
    } while (problem == EINTR && boot_now() < deadline);
  }
  sigprocmask(SIG_SETMASK, &before, nullptr);
  if (problem == EINTR) {
    throw Error(ErrorCode::busy).with("waited_s", std::chrono::duration_cast<Seconds>(limit).count());
  }
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
