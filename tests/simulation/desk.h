// The simulated desk: the arbiter with the replay layer that a real desk puts before it, checked by the
// oracle after every step.
#pragma once

#include <map>

#include "core/lock/arbiter.h"
#include "tests/simulation/oracle.h"

namespace gilir::simulation {

// The rules under test. A mutant breaks them here, from outside.
class Rules {
 public:
  virtual ~Rules() = default;
  virtual Stepped step(Locks locks, const Request& request, Now now) const {
    return gilir::step(std::move(locks), request, now);
  }
  virtual Settled settle(Locks locks, BootTime now) const { return gilir::settle(std::move(locks), now); }
  virtual bool knows_replays() const { return true; }
  virtual bool clients_know_closed_from_over() const { return true; }
};

using RequestId = std::int64_t;

class Desk {
 public:
  Desk(const Rules& rules, Oracle& oracle) : rules_(rules), oracle_(oracle) {}

  // A change under its request id. A replay of one that had an effect is answered from the present rows: the
  // same ids with what is left of their terms, or Lost; a wait that is over is NoSuchWait.
  Outcome perform(RequestId id, const Acquire& request, Now now);
  Outcome perform(const Request& request, Now now);
  // Applies what fell due by now.
  void settle(Now now);

  const Locks& locks() const { return locks_; }
  std::int64_t steps() const { return steps_; }

 private:
  Outcome replay(const Outcome& effect) const;

  const Rules& rules_;
  Oracle& oracle_;
  Locks locks_;
  std::map<RequestId, Outcome> effects_;
  std::int64_t steps_ = 0;
};

}  // namespace gilir::simulation
