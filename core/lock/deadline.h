// A point on the boot clock and the term that led to it, because after a reboot each starts again with its term.
#pragma once

#include "core/base/clock.h"
#include "core/base/describe.h"

namespace gilir {

// Over at `at`: valid while now < at.
struct Deadline {
  BootTime at{};
  Milliseconds term{};
  auto operator<=>(const Deadline&) const = default;
};
BOOST_DESCRIBE_STRUCT(Deadline, (), (at, term))

}  // namespace gilir
