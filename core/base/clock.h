// The two clocks of a desk. Records carry wall time; deadlines are kept on the boot clock
// (CLOCK_BOOTTIME), which no clock setting moves and which runs on while the machine sleeps.
#pragma once

#include <chrono>
#include <string>

namespace gilir {

using Milliseconds = std::chrono::milliseconds;
using Seconds = std::chrono::seconds;

// UTC, millisecond resolution.
using WallTime = std::chrono::sys_time<Milliseconds>;

// Tag of CLOCK_BOOTTIME readings; comparable only within one boot of one machine.
struct BootClock {
  using duration = Milliseconds;
  using rep = duration::rep;
  using period = duration::period;
  using time_point = std::chrono::time_point<BootClock>;
  static constexpr bool is_steady = true;
};
using BootTime = BootClock::time_point;

// One reading of both clocks. An operation sees exactly one.
struct Now {
  WallTime wall{};
  BootTime boot{};
  bool operator==(const Now&) const = default;
};

// Source of time. Thread-safe. Never throws.
class Clock {
 public:
  virtual ~Clock() = default;
  virtual Now now() const = 0;
  // Names the boot and time namespace that `Now::boot` counts in, as "BOOT+SECONDS.NANOSECONDS"; constant while the
  // machine runs, and empty where it cannot be read.
  virtual std::string boot_identity() const = 0;
  // Whether the kernel holds its wall clock for the right one.
  virtual bool is_synchronised() const = 0;
};

// The machine's own clocks; the identity is the kernel's boot_id and the time namespace's offset.
class SystemClock final : public Clock {
 public:
  Now now() const override;
  std::string boot_identity() const override;
  bool is_synchronised() const override;
};

// RFC 3339 with milliseconds and a Z, as the log stores it: "2026-11-22T09:00:00.000Z".
std::string format_rfc3339(WallTime time);
// Whole seconds, as JSON shows it: "2026-11-22T09:00:00Z".
std::string format_rfc3339_seconds(WallTime time);

}  // namespace gilir
