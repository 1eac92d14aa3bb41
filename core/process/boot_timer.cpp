#include "core/process/boot_timer.h"

#include <sys/timerfd.h>

#include <algorithm>
#include <cerrno>
#include <ctime>

namespace gilir {

BootTime boot_now() {
  timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);
  return BootTime(Milliseconds(static_cast<std::int64_t>(now.tv_sec) * 1000 + now.tv_nsec / 1'000'000));
}

BootTimer::BootTimer() : descriptor_(::timerfd_create(CLOCK_BOOTTIME, TFD_CLOEXEC | TFD_NONBLOCK)) {
  if (!descriptor_) throw_system_error("timerfd_create", errno);
}

void BootTimer::set(std::optional<BootTime> at) {
  itimerspec setting{};
  if (at) {
    const auto ms = std::max<std::int64_t>(at->time_since_epoch().count(), 0);
    setting.it_value.tv_sec = static_cast<std::time_t>(ms / 1000);
    // All zero would disarm it.
    setting.it_value.tv_nsec = std::max<long>(static_cast<long>(ms % 1000) * 1'000'000, 1);
  }
  if (::timerfd_settime(descriptor_.get(), TFD_TIMER_ABSTIME, &setting, nullptr) != 0) {
    throw_system_error("timerfd_settime", errno);
  }
}

}  // namespace gilir
