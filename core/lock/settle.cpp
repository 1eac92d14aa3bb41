#include "core/lock/settle.h"

#include "core/lock/asking.h"
#include "core/lock/line.h"
#include "core/lock/rows.h"
#include "core/lock/transition.h"

namespace gilir {
namespace {

// The first row of `rows` that `due` says is due by t.at is given to `apply`, until there is none. Looks
// again from the start each time, because applying one may end others.
template <class Rows, class Due, class Apply>
void apply_each_due(const Transition& t, Rows& rows, Due&& due, Apply&& apply) {
  for (;;) {
    const auto row = std::find_if(rows.begin(), rows.end(), [&](const auto& each) { return due(each) <= t.at; });
    if (row == rows.end()) return;
    apply(*row);
  }
}

void lapse_offer(Transition& t, PlaceId place) {
  while (const Wait* wait = find_row(t.locks.waits, &Wait::place, place)) {
    end_wait(t, wait->wait, WaitEnd::offer_lapsed);
  }
}

// No time is over for a program that still runs.
void clear_or_stand_on(Transition& t, HoldId hold) {
  if (is_seen_running(t.locks, hold))
    stand_on(t.locks, hold, std::max(t.locks.seen.at, t.at));
  else
    clear_mark(t, hold);
}

void apply_instant(Transition& t) {
  Locks& locks = t.locks;
  apply_each_due(
      t, locks.holds, [](const Hold& hold) { return hold.deadline.at; },
      [&](const Hold& hold) { expire_hold(t, hold.hold); });
  apply_each_due(
      t, locks.unclosed, [](const Unclosed& mark) { return mark.until.at; },
      [&](const Unclosed& mark) { clear_or_stand_on(t, mark.hold); });
  apply_each_due(
      t, locks.places, [](const Place& place) { return place.offered ? place.offer.at : BootTime::max(); },
      [&](const Place& place) { lapse_offer(t, place.place); });
  apply_each_due(
      t, locks.waits, [](const Wait& wait) { return wait.deadline.at; },
      [&](const Wait& wait) { end_wait(t, wait.wait, WaitEnd::lapsed); });
  apply_each_due(
      t, locks.demands, [](const Demand& demand) { return due_of(demand); },
      [&](const Demand& demand) { fire_or_lapse(t, demand.demand); });
  for (Place& place : locks.places) {
    if (!place.offered && stale_from(locks, place.place) <= t.at) place.passed_over = true;
  }
  offer_free_seats(t);
}

}  // namespace

std::optional<BootTime> next_due(const Locks& locks) {
  BootTime due = BootTime::max();
  for (const Hold& hold : locks.holds) due = std::min(due, hold.deadline.at);
  for (const Unclosed& mark : locks.unclosed) due = std::min(due, mark.until.at);
  for (const Wait& wait : locks.waits) due = std::min(due, wait.deadline.at);
  for (const Demand& demand : locks.demands) due = std::min(due, due_of(demand));
  for (const Place& place : locks.places) {
    if (place.offered)
      due = std::min(due, place.offer.at);
    else if (!place.passed_over)
      due = std::min(due, stale_from(locks, place.place));
  }
  if (due == BootTime::max()) return std::nullopt;
  return due;
}

Settled settle(Locks locks, BootTime now) {
  Settled settled{std::move(locks), {}};
  Locks& after = settled.locks;
  const BootTime end = std::max(now, after.clock);
  for (auto due = next_due(after); due && *due <= end; due = next_due(after)) {
    after.clock = std::max(after.clock, *due);
    Transition t{after, after.clock, settled.events};
    apply_instant(t);
  }
  after.clock = end;
  return settled;
}

}  // namespace gilir
