// A forked copy of the test that runs one function and ends; killed and reaped with its owner.
#pragma once

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <stdexcept>
#include <utility>

namespace gilir {

class ChildProcess {
 public:
  explicit ChildProcess(const std::function<int()>& work) : pid_(fork()) {
    if (pid_ < 0) throw std::runtime_error("fork failed");
    if (pid_ == 0) _exit(work());
  }
  ChildProcess(ChildProcess&& other) noexcept : pid_(std::exchange(other.pid_, -1)) {}
  ChildProcess& operator=(ChildProcess&&) = delete;
  ~ChildProcess() { kill_now(); }

  pid_t pid() const { return pid_; }
  void kill_now() {
    if (pid_ < 0) return;
    kill(pid_, SIGKILL);
    wait();
  }
  // The exit status, or -1 when a signal ended it.
  int wait() {
    int status = 0;
    waitpid(std::exchange(pid_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  pid_t pid_;
};

// One process tells another that it has come so far.
class Signpost {
 public:
  Signpost() {
    if (pipe(ends_) != 0) throw std::runtime_error("pipe failed");
  }
  Signpost(const Signpost&) = delete;
  Signpost& operator=(const Signpost&) = delete;
  ~Signpost() {
    close(ends_[0]);
    close(ends_[1]);
  }
  void reach() { [[maybe_unused]] const auto written = write(ends_[1], "!", 1); }
  void wait() {
    char letter = 0;
    [[maybe_unused]] const auto count = read(ends_[0], &letter, 1);
  }

 private:
  int ends_[2];
};

}  // namespace gilir
