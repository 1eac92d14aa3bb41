#include "core/base/clock.h"

#include <errno.h>
#include <fmt/format.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#include <fstream>
#include <iterator>

namespace gilir {
namespace {

Milliseconds read_clock(clockid_t id) {
  timespec time{};
  clock_gettime(id, &time);
  return Seconds{time.tv_sec} + Milliseconds{time.tv_nsec / 1'000'000};
}

// 36 letters and dashes; empty when it cannot be read: no descriptor is left, or /proc/sys is hidden.
std::string boot_id() {
  std::ifstream file("/proc/sys/kernel/random/boot_id");
  std::string line;
  std::getline(file, line);
  return line.size() == 36 ? line : std::string();
}

// "boottime 0 0" in the line that matters; "0" on kernels without time namespaces, empty when it cannot be read.
std::string boottime_offset() {
  constexpr const char* path = "/proc/self/timens_offsets";
  std::ifstream file(path);
  if (!file) return access(path, F_OK) != 0 && errno == ENOENT ? "0" : "";
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
  // Neither changes while a process lives; what could not be read may be read the next time.
  static std::string identity;
  if (!identity.empty()) return identity;
  const auto id = boot_id();
  const auto offset = boottime_offset();
  if (!id.empty() && !offset.empty()) identity = id + "+" + offset;
  return identity;
}

// adjtimex(2): a clock that somebody set by hand is not, until NTP has set it.
bool SystemClock::is_synchronised() const {
  timex state{};
  const int clock = adjtimex(&state);
  return clock >= 0 && clock != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
}

std::string format_rfc3339(WallTime time) {
  return format_time(time, true);
}
std::string format_rfc3339_seconds(WallTime time) {
  return format_time(time, false);
}

}  // namespace gilir
