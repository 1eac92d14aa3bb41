#include "core/store/bell.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace gilir::store {
namespace {

// A bell is a file of the desk's own directory: no link is followed there, and a pipe in its place is not waited for.
int open_bell(const std::string& path) {
  const auto slash = path.rfind('/');
  const int folder = open(path.substr(0, slash).c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  if (folder < 0) return -1;
  constexpr int flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
  const int bell = openat(folder, path.c_str() + slash + 1, flags, 0600);
  close(folder);
  return bell;
}

// Makes the bell when it is missing: one cannot watch what is not there.
bool watch_bell(int watch, const std::string& path) {
  const int bell = open_bell(path);
  if (bell < 0) return false;
  close(bell);
  return inotify_add_watch(watch, path.c_str(), IN_MODIFY) >= 0;
}

}  // namespace

void ring_bell(const std::string& path) noexcept {
  const int descriptor = open_bell(path);
  if (descriptor < 0) return;
  [[maybe_unused]] const auto written = pwrite(descriptor, "!", 1, 0);
  close(descriptor);
}

BellWatch::BellWatch(const std::vector<std::string>& paths) : descriptor_(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
  if (descriptor_ < 0) return;
  if (std::ranges::all_of(paths, [&](const std::string& path) { return watch_bell(descriptor_, path); })) return;
  close(std::exchange(descriptor_, -1));
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
