// For the hand-off benchmark: appends the boot clock's time in nanoseconds to FILE when it starts, and again,
// after holding on for MS milliseconds, when it ends.
//
//   stamp FILE MS
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>

namespace {

void append(const char* path, const char* what) {
  timespec time{};
  clock_gettime(CLOCK_BOOTTIME, &time);
  char line[64];
  const int length =
      std::snprintf(line, sizeof line, "%s %lld%09ld\n", what, static_cast<long long>(time.tv_sec), time.tv_nsec);
  const int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (file < 0 || write(file, line, static_cast<std::size_t>(length)) != length) std::exit(1);
  close(file);
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) return 2;
  append(arguments[1], "start");
  const long milliseconds = std::atol(arguments[2]);
  const timespec hold{milliseconds / 1000, milliseconds % 1000 * 1'000'000};
  nanosleep(&hold, nullptr);
  append(arguments[1], "end");
  return 0;
}
