// The steps from which the rules are made. Each keeps what types.h promises of the rows (no lease without a
// hold, no place without a wait, marks with their agent's lease) and reports its events. None makes offers;
// offer_free_seats (core/lock/line.h) does, once a request or an instant is wholly applied.
#pragma once

#include "core/lock/events.h"

namespace gilir {

// Locks on their way from one state to the next, as of `at`. Borrows both.
struct Transition {
  Locks& locks;
  BootTime at{};
  std::vector<LockEvent>& events;
};

// The process itself reported the hold closed and its work over: nothing of it is left.
void release_hold(Transition& t, HoldId hold);

// The process itself reported the hold closed, but nobody could confirm that its work is over. A kept hold leaves a
// mark for the server's lock-delay.
void close_hold(Transition& t, HoldId hold);

// The hold ran out, and a kept hold's whole set with it. Sessions under kept holds may still stand, so each
// leaves a mark until it would have run out by itself and the server's lock-delay has passed.
void expire_hold(Transition& t, HoldId hold);

// Its process is gone, and with it what it may still have sent: the mark stands, but no longer for a running session.
void abandon_hold(Transition& t, HoldId hold);

// A demand took effect: the hold ends before its time. A kept hold ends and leaves its mark as an expired one does.
void cut_hold(Transition& t, HoldId hold);

// The mark is past, or its session was reported over after all.
void clear_mark(Transition& t, HoldId hold);

// What the mark stands for was seen to run: it binds the seat until standing_look after `now` at least.
inline constexpr Milliseconds standing_look{1000};
void stand_on(Locks& locks, HoldId mark, BootTime now);
bool is_seen_running(const Locks& locks, HoldId hold);

// Its session was reported closed, not over: the mark stands for the lock-delay from now, and no longer than before.
void close_mark(Transition& t, HoldId hold);

// `into` is the target when the ticket was merged. The last wait takes its place with it.
void end_wait(Transition& t, WaitId wait, WaitEnd reason, std::optional<TicketNumber> into = {});

// Back into the line at the same place.
void withdraw_offer(Transition& t, Place& place);

// Without effect; a steal whose asker is gone stands on as a break.
void end_demand(Transition& t, DemandId demand, DemandEnd reason);
LockEvent& report_demand(Transition& t, LockEventKind kind, const Demand& demand);

void report_place(Transition& t, LockEventKind kind, const Place& place);

}  // namespace gilir
