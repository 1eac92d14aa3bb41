#include "core/store/bell.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

#include "core/base/error.h"

namespace gilir::store {
namespace {

int open_bell(const std::string& path) {
  return open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
}

Error cannot_watch(const std::string& path) {
  return Error(ErrorCode::unreachable).with("path", path).with("problem", std::string(strerror(errno)));
}

}  // namespace

void ring_bell(const std::string& path) noexcept {
  const int descriptor = open_bell(path);
  if (descriptor < 0) return;
  [[maybe_unused]] const auto written = pwrite(descriptor, "!", 1, 0);
  close(descriptor);
}

BellWatch::BellWatch(const std::vector<std::string>& paths) : descriptor_(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
  if (descriptor_ < 0) throw cannot_watch("inotify");
  for (const auto& path : paths) {
    const int bell = open_bell(path);
    if (bell >= 0) close(bell);
    if (bell < 0 || inotify_add_watch(descriptor_, path.c_str(), IN_MODIFY) < 0) {
      const auto error = cannot_watch(path);
      close(descriptor_);
      throw error;
    }
  }
}

BellWatch::BellWatch(BellWatch&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

BellWatch::~BellWatch() {
  if (descriptor_ >= 0) close(descriptor_);
}

bool BellWatch::drain() {
  char events[4096];
  bool any = false;
  while (read(descriptor_, events, sizeof events) > 0) any = true;
  return any;
}

bool BellWatch::wait(Milliseconds limit) {
  pollfd ready{descriptor_, POLLIN, 0};
  const auto bounded = std::clamp<Milliseconds::rep>(limit.count(), 0, 60'000);
  return poll(&ready, 1, static_cast<int>(bounded)) > 0 && drain();
}

}  // namespace gilir::store
