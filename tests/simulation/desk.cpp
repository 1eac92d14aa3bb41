#include "tests/simulation/desk.h"

#include "core/lock/rows.h"

namespace gilir::simulation {

Outcome Desk::perform(RequestId id, const Acquire& request, Now now) {
  const auto known = effects_.find(id);
  if (known != effects_.end() && rules_.knows_replays()) {
    settle(now);
    return replay(known->second);
  }
  oracle_.begin_change(id);
  Outcome outcome = perform(request, now);
  oracle_.end_change();
  if (std::holds_alternative<Granted>(outcome) || (std::holds_alternative<Waiting>(outcome) && !request.in_line)) {
    effects_.insert_or_assign(id, outcome);
  }
  return outcome;
}

Outcome Desk::perform(const Request& request, Now now) {
  // Apart, so that the oracle sees what time did before it sees what the request did.
  if (!std::holds_alternative<Reboot>(request)) settle(now);
  ++steps_;
  Stepped stepped = rules_.step(std::move(locks_), request, now);
  locks_ = std::move(stepped.locks);
  oracle_.after(locks_, stepped.events, now, &request, &stepped.outcome);
  return std::move(stepped.outcome);
}

void Desk::settle(Now now) {
  ++steps_;
  Settled settled = rules_.settle(std::move(locks_), now.boot);
  locks_ = std::move(settled.locks);
  oracle_.after(locks_, settled.events, now, nullptr, nullptr);
}

Outcome Desk::replay(const Outcome& effect) const {
  if (const Granted* granted = std::get_if<Granted>(&effect)) {
    Granted again;
    Lost lost;
    for (GrantedSeat seat : granted->seats) {
      const Hold* hold = find_row(locks_.holds, &Hold::hold, seat.hold);
      if (!hold) {
        lost.holds.push_back(seat.hold);
        continue;
      }
      seat.deadline = hold->deadline;
      again.seats.push_back(seat);
    }
    if (!lost.holds.empty()) return lost;
    return again;
  }
  const Waiting& waiting = std::get<Waiting>(effect);
  const Wait* wait = find_row(locks_.waits, &Wait::wait, waiting.wait);
  if (!wait) return NoSuchWait{};
  Waiting again = waiting;
  again.offered = row_of(locks_.places, &Place::place, wait->place).offered;
  return again;
}

}  // namespace gilir::simulation
