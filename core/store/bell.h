// Bells wake the processes that wait for a desk to change. A writer rings after its commit: one byte written
// at offset 0 of a file that waiters watch with inotify (measured 14–41 µs from commit to wake-up).
//
// Calling sequence of a waiter: watch the bells, *then* read the state, then wait; look again each second,
// because a writer may die between its commit and the bell, and because the system may have no watch left to give
// (128 inotify instances a user are the kernel's default).
#pragma once

#include <string>
#include <vector>

#include "core/base/clock.h"

namespace gilir::store {

// Rings `path`, making the file when it is missing. Never throws: a bell that cannot be rung costs its waiters
// at most the second until their next look.
void ring_bell(const std::string& path) noexcept;

// Watches bell files. Movable owner of one inotify descriptor. Not thread-safe. Where the files cannot be watched it
// hears nothing, which costs its waiter what a bell that is not rung costs.
class BellWatch {
 public:
  explicit BellWatch(const std::vector<std::string>& paths);
  BellWatch(BellWatch&& other) noexcept;
  BellWatch& operator=(BellWatch&&) = delete;
  ~BellWatch();

  // Readable when a bell has rung; for poll loops. -1 when nothing is heard.
  int descriptor() const { return descriptor_; }
  // Forgets the rings so far; returns whether there were any.
  bool drain();
  // Waits for a ring, at most `limit`; false when none came. Returns early, with false, on a signal.
  bool wait(Milliseconds limit);

 private:
  int descriptor_;
};

}  // namespace gilir::store
