#include "core/guardian/beside.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <system_error>

#include "core/process/descriptor.h"

namespace gilir {

namespace {

// The handlers of exit(3) run in reverse, so this one comes before those of the libraries that the call may be in.
void end_at_once(int status, void*) {
  std::fflush(stdout);
  std::fflush(stderr);
  ::_exit(status);
}

void end_without_cleaning_up() {
  static const int registered = ::on_exit(end_at_once, nullptr);
  static_cast<void>(registered);
}

class AllSignalsBlocked {
 public:
  AllSignalsBlocked() {
    sigset_t all;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before_);
  }
  ~AllSignalsBlocked() { ::pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  AllSignalsBlocked(const AllSignalsBlocked&) = delete;
  AllSignalsBlocked& operator=(const AllSignalsBlocked&) = delete;

 private:
  sigset_t before_{};
};

}  // namespace

struct Beside::State {
  std::function<void()> call;
  Descriptor bell{};
  std::atomic<bool> is_over = false;
};

Beside::Beside(std::function<void()> call) : state_(std::make_shared<State>()) {
  state_->call = std::move(call);
  state_->bell = Descriptor(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!state_->bell) throw_system_error("eventfd", errno);
  const AllSignalsBlocked for_the_thread;
  try {
    thread_ = std::thread([state = state_] {
      state->call();
      state->is_over.store(true, std::memory_order_release);
      ::eventfd_write(state->bell.get(), 1);
    });
  } catch (const std::system_error& error) {
    throw_system_error("thread", error.code().value());
  }
}

Beside::~Beside() {
  if (!thread_.joinable()) return;
  if (is_over()) {
    thread_.join();
    return;
  }
  end_without_cleaning_up();
  thread_.detach();
}

int Beside::descriptor() const {
  return state_->bell.get();
}

bool Beside::is_over() const {
  return state_->is_over.load(std::memory_order_acquire);
}

bool Beside::wait(Supervision& supervision, std::optional<BootTime> until) {
  while (!is_over()) {
    if (until && boot_now() >= *until) return false;
    pollfd watched{.fd = descriptor(), .events = POLLIN, .revents = 0};
    supervision.wait({&watched, 1}, until);
    supervision.throw_if_over();
  }
  return true;
}

void Beside::join() {
  if (thread_.joinable()) thread_.join();
}

}  // namespace gilir
