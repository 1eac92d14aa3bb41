#include "core/base/clock.h"

#include <fmt/format.h>
#include <time.h>

#include <fstream>
#include <iterator>

namespace gilir {
namespace {

Milliseconds read_clock(clockid_t id) {
  timespec time{};
  clock_gettime(id, &time);
  return Seconds{time.tv_sec} + Milliseconds{time.tv_nsec / 1'000'000};
}

std::string read_line(const char* path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

// "boottime 0 0" in the line that matters; absent on kernels without time namespaces.
std::string boottime_offset() {
  std::ifstream file("/proc/self/timens_offsets");
  std::string name;
  long long seconds = 0;
  long long nanoseconds = 0;
  while (file >> name >> seconds >> nanoseconds) {
    if (name == "boottime" || name == "7") return fmt::format("{}.{:09}", seconds, nanoseconds);
  }
  return "0";
}

std::string format_time(WallTime time, bool with_milliseconds) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date{day};
  const std::chrono::hh_mm_ss clock{time - day};
  auto text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                          static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                          clock.minutes().count(), clock.seconds().count());
  if (with_milliseconds) fmt::format_to(std::back_inserter(text), ".{:03}", clock.subseconds().count());
  text += 'Z';
  return text;
}

}  // namespace

Now SystemClock::now() const {
  return {WallTime{read_clock(CLOCK_REALTIME)}, BootTime{read_clock(CLOCK_BOOTTIME)}};
}

std::string SystemClock::boot_identity() const {
  // Neither changes while a process lives.
  static const std::string identity = read_line("/proc/sys/kernel/random/boot_id") + "+" + boottime_offset();
  return identity;
}

std::string format_rfc3339(WallTime time) {
  return format_time(time, true);
}
std::string format_rfc3339_seconds(WallTime time) {
  return format_time(time, false);
}

}  // namespace gilir
