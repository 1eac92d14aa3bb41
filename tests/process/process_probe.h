// Verbs for tests that start real processes. All waits are bounded.
#pragma once

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <string>
#include <vector>

#include "core/process/boot_timer.h"
#include "core/process/descriptor.h"
#include "core/process/spawn.h"

namespace gilir::test {

inline constexpr Milliseconds patience{10'000};

inline bool wait_readable(int descriptor, Milliseconds limit = patience) {
  pollfd watched{.fd = descriptor, .events = POLLIN, .revents = 0};
  return ::poll(&watched, 1, static_cast<int>(limit.count())) == 1;
}

// Everything until the end of file, or a failure when that does not come.
inline std::string read_to_end(int descriptor, Milliseconds limit = patience) {
  std::string text;
  const auto until = boot_now() + limit;
  while (boot_now() < until && wait_readable(descriptor, until - boot_now())) {
    char part[65536];
    const auto got = ::read(descriptor, part, sizeof part);
    if (got <= 0) return text;
    text.append(part, static_cast<std::size_t>(got));
  }
  ADD_FAILURE() << "no end of file; read so far: " << text;
  return text;
}

// Reads until `wanted` has come, or a failure. Returns all that came.
inline std::string read_until(int descriptor, const std::string& wanted, Milliseconds limit = patience) {
  std::string text;
  const auto until = boot_now() + limit;
  while (text.find(wanted) == std::string::npos) {
    const auto left = until - boot_now();
    char part[4096];
    const bool ready = left.count() > 0 && wait_readable(descriptor, left);
    const auto got = ready ? ::read(descriptor, part, sizeof part) : 0;
    if (got <= 0) {
      ADD_FAILURE() << "never saw: " << wanted << "; read: " << text;
      return text;
    }
    text.append(part, static_cast<std::size_t>(got));
  }
  return text;
}

// One line without its end; byte by byte, so that nothing is taken from a later reader.
inline std::string read_line(int descriptor) {
  std::string line;
  char byte = 0;
  while (wait_readable(descriptor) && ::read(descriptor, &byte, 1) == 1 && byte != '\n') line += byte;
  return line;
}

// A process that is somebody else's child.
class Watched {
 public:
  explicit Watched(pid_t process) : descriptor_(static_cast<int>(::syscall(SYS_pidfd_open, process, 0))) {}
  bool is_over_within(Milliseconds limit) const { return !descriptor_ || wait_readable(descriptor_.get(), limit); }
  bool is_alive() const { return descriptor_ && !wait_readable(descriptor_.get(), Milliseconds{0}); }

 private:
  Descriptor descriptor_;
};

struct Run {
  std::string output;
  ChildStatus status;
};

// Runs a program to its end with its standard output caught.
inline Run run(SpawnOptions options) {
  auto pipe = make_pipe();
  options.descriptors.push_back({pipe.write_end.get(), 1});
  auto child = spawn(options);
  pipe.write_end.reset();
  auto output = read_to_end(pipe.read_end.get());
  return {output, child.wait()};
}

}  // namespace gilir::test
