// Deadlines on the boot clock (CLOCK_BOOTTIME), which runs on while the machine sleeps.
#pragma once

#include <optional>

#include "core/base/clock.h"
#include "core/process/descriptor.h"

namespace gilir {

// This instant on the boot clock. Never throws.
BootTime boot_now();

// A descriptor that becomes readable at an instant of the boot clock (timerfd_create(2)).
// Throws Error{failed} when the system refuses. Not thread-safe.
class BootTimer {
 public:
  BootTimer();

  int descriptor() const { return descriptor_.get(); }
  // Nothing disarms it. An instant that has passed fires at once.
  void set(std::optional<BootTime> at);

 private:
  Descriptor descriptor_;
};

}  // namespace gilir
