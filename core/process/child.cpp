#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <ctime>
#include <utility>

#include "core/base/error.h"
#include "core/process/boot_timer.h"
#include "core/process/spawn.h"

namespace gilir {

namespace {

ChildStatus read_status(int status) {
  if (WIFEXITED(status)) return {ChildStatus::exited, WEXITSTATUS(status)};
  if (WIFSIGNALED(status)) return {ChildStatus::killed, WTERMSIG(status)};
  if (WIFSTOPPED(status)) return {ChildStatus::stopped, WSTOPSIG(status)};
  return {};
}

ChildStatus wait_for(pid_t process, int options) {
  int status = 0;
  pid_t found = 0;
  do {
    found = ::waitpid(process, &status, options);
  } while (found < 0 && errno == EINTR);
  if (found == process) return read_status(status);
  // Somebody else reaped it: it is over, and how is not known any more.
  if (found < 0) return {ChildStatus::exited, 127};
  return {};
}

}  // namespace

Child::Child(Child&& other) noexcept
    : process_(std::exchange(other.process_, 0)), own_group_(other.own_group_), status_(other.status_) {}

Child& Child::operator=(Child&& other) noexcept {
  if (this != &other) {
    std::swap(process_, other.process_);
    std::swap(own_group_, other.own_group_);
    std::swap(status_, other.status_);
  }
  return *this;
}

Child::~Child() {
  if (process_ == 0 || status_.over()) return;
  send_signal(SIGKILL);
  wait();
}

ChildStatus Child::poll() {
  if (process_ == 0 || status_.over()) return status_;
  const auto seen = wait_for(process_, WNOHANG | WUNTRACED);
  if (seen.over()) status_ = seen;
  return seen;
}

ChildStatus Child::wait() {
  if (process_ != 0 && !status_.over()) status_ = wait_for(process_, 0);
  return status_;
}

void Child::send_signal(int signal) {
  if (process_ <= 1 || status_.over()) return;
  ::kill(own_group_ ? -process_ : process_, signal);
}

pid_t Child::release() {
  return std::exchange(process_, 0);
}

void end_group(pid_t group, Milliseconds grace) {
  if (group < 2) throw Error(ErrorCode::failed).with("problem", "no such process group");
  ::kill(-group, SIGTERM);
  ::kill(-group, SIGCONT);
  const auto until = boot_now() + grace;
  // Nothing tells of a group's end, only of its members'.
  while (::kill(-group, 0) == 0 && boot_now() < until) {
    const timespec pause{.tv_sec = 0, .tv_nsec = 5'000'000};
    ::nanosleep(&pause, nullptr);
  }
  ::kill(-group, SIGKILL);
}

}  // namespace gilir
