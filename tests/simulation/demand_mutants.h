// Arbiters with one fault each about demands against leases; see mutants.h.
#pragma once

#include "core/lock/rows.h"
#include "tests/simulation/desk.h"

namespace gilir::simulation {

// A break ends whatever lease is there by now.
class ABreakForgetsTheLeaseThatWasSeen final : public Rules {
 public:
  Stepped step(Locks locks, const Request& request, Now now) const override {
    const AskHolder* ask = std::get_if<AskHolder>(&request);
    const Lease* there = ask ? find_row(locks.leases, &Lease::server, ask->server) : nullptr;
    if (!there) return gilir::step(std::move(locks), request, now);
    AskHolder about_this = *ask;
    about_this.lease = there->lease;
    return gilir::step(std::move(locks), about_this, now);
  }
};

// The countdown is over as soon as it begins.
class ACountdownIsNotWaitedFor final : public Rules {
 public:
  Stepped step(Locks locks, const Request& request, Now now) const override {
    const AskHolder* ask = std::get_if<AskHolder>(&request);
    if (!ask || ask->kind == DemandKind::hand_over) return gilir::step(std::move(locks), request, now);
    AskHolder in_haste = *ask;
    in_haste.at_once = true;
    return gilir::step(std::move(locks), in_haste, now);
  }
};

// A cut session is taken for closed, so that its seat goes on at once.
class ACutLeavesNoMark final : public Rules {
 public:
  Stepped step(Locks locks, const Request& request, Now now) const override {
    Stepped stepped = gilir::step(std::move(locks), request, now);
    for (const LockEvent& event : stepped.events) {
      if (event.kind != LockEventKind::cut) continue;
      std::erase_if(stepped.locks.unclosed, [&](const Unclosed& mark) { return mark.hold == event.hold; });
    }
    return stepped;
  }
};

// Whatever the holder answers, he has agreed.
class ADenialCountsAsAGrant final : public Rules {
 public:
  Stepped step(Locks locks, const Request& request, Now now) const override {
    const AnswerDemand* answer = std::get_if<AnswerDemand>(&request);
    if (!answer) return gilir::step(std::move(locks), request, now);
    return gilir::step(std::move(locks), AnswerDemand{answer->lease, answer->server, answer->holder, true}, now);
  }
};

// A steal goes on when nobody is there any more to take the seat.
class AStealNeedsNoAsker final : public Rules {
 public:
  Stepped step(Locks locks, const Request& request, Now now) const override {
    Stepped stepped = gilir::step(std::move(locks), request, now);
    for (const LockEvent& event : stepped.events) {
      if (event.demand_end != DemandEnd::no_asker) continue;
      if (Demand* demand = find_row(stepped.locks.demands, &Demand::lease, *event.lease))
        demand->kind = DemandKind::steal;
    }
    return stepped;
  }
};

// A knock stands though nobody is there any more to hear the answer.
class AKnockNeedsNoAsker final : public Rules {
 public:
  Stepped step(Locks locks, const Request& request, Now now) const override {
    forget_askers(locks);
    return gilir::step(std::move(locks), request, now);
  }
  Settled settle(Locks locks, BootTime now) const override {
    forget_askers(locks);
    return gilir::settle(std::move(locks), now);
  }

 private:
  static void forget_askers(Locks& locks) {
    for (Demand& demand : locks.demands) demand.asker.term = {};
  }
};

// Anybody may take a knock back.
class AKnockIsTakenBackByOthers final : public Rules {
 public:
  Stepped step(Locks locks, const Request& request, Now now) const override {
    const WithdrawDemand* back = std::get_if<WithdrawDemand>(&request);
    const Demand* knock = back ? find_row(locks.demands, &Demand::lease, back->lease) : nullptr;
    if (!knock) return gilir::step(std::move(locks), request, now);
    const WithdrawDemand his{back->lease, back->server, knock->by};
    return gilir::step(std::move(locks), his, now);
  }
};

// Silence gives whatever is held, a session that shows nothing too.
class SilenceAlwaysGives final : public Rules {
 public:
  Stepped step(Locks locks, const Request& request, Now now) const override {
    show_all(locks);
    return gilir::step(std::move(locks), request, now);
  }
  Settled settle(Locks locks, BootTime now) const override {
    show_all(locks);
    return gilir::settle(std::move(locks), now);
  }

 private:
  static void show_all(Locks& locks) {
    for (Hold& hold : locks.holds) {
      if (const Demand* demand = find_row(locks.demands, &Demand::lease, hold.lease)) hold.shows = demand->demand;
    }
  }
};

}  // namespace gilir::simulation
