// The arithmetic of permits: how long a kept hold may be used on the strength of its last acknowledged
// renewal. Pure.
#pragma once

#include <algorithm>

#include "core/base/clock.h"

namespace gilir {

// A permit of `term`, counted from before the request that was acknowledged was sent, so that the holder's
// deadline always lies before the arbiter's. As in Gray and Cheriton, "Leases", SOSP 1989.
struct Permit {
  Milliseconds term{};  // T, from 2 s to 1 h
  BootTime sent_at{};

  // From here on no input is forwarded.
  BootTime freeze_at() const { return sent_at + term - term / 6; }
  // From here on the connection or the children are cut.
  BootTime cut_at() const { return sent_at + term - term / 12; }
  // What is cut has this long to end by itself; half of what is left, so that the kill lands before the end.
  Milliseconds grace() const { return std::min(Milliseconds{2000}, term / 24); }
  // The next renewal is due.
  BootTime renew_at() const { return sent_at + term / 3; }
  // After a renewal failed at `failed_at`.
  BootTime retry_at(BootTime failed_at) const { return failed_at + term / 12; }

  bool operator==(const Permit&) const = default;
};

}  // namespace gilir
