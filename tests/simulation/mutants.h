// Arbiters with one fault each, such as a plausible mistake would make. The simulation must notice them all.
#pragma once

#include "core/lock/rows.h"
#include "tests/simulation/desk.h"

namespace gilir::simulation {

// Leases never run out: whatever is due is put off.
class SettleIgnoresLeaseExpiry final : public Rules {
 public:
  Stepped step(Locks locks, const Request& request, Now now) const override {
    return gilir::step(put_off(std::move(locks), now.boot), request, now);
  }
  Settled settle(Locks locks, BootTime now) const override {
    return gilir::settle(put_off(std::move(locks), now), now);
  }

 private:
  static Locks put_off(Locks locks, BootTime now) {
    for (Hold& hold : locks.holds) {
      if (hold.deadline.at <= now) hold.deadline.at = now + Milliseconds(1'000);
    }
    return locks;
  }
};

// A client whose hold is gone is told that it was renewed when its agent has a newer lease there.
class RenewAcceptsAnOlderToken final : public Rules {
 public:
  Stepped step(Locks locks, const Request& request, Now now) const override {
    Stepped stepped = gilir::step(std::move(locks), request, now);
    const Renew* renew = std::get_if<Renew>(&request);
    if (!renew || !std::holds_alternative<Lost>(stepped.outcome)) return stepped;
    Renewed renewed;
    for (const HeldUnder& held : renew->holds) {
      for (const Lease& lease : stepped.locks.leases) {
        if (lease.token <= held.token) continue;
        renewed.holds.push_back({held.hold, {stepped.locks.clock + Milliseconds(10'000), Milliseconds(10'000)}});
        break;
      }
    }
    if (renewed.holds.size() == renew->holds.size()) stepped.outcome = renewed;
    return stepped;
  }
};

// The second of the places in line gets the offer that is the first's.
class AnOfferSkipsTheHead final : public Rules {
 public:
  Stepped step(Locks locks, const Request& request, Now now) const override {
    Stepped stepped = gilir::step(std::move(locks), request, now);
    skip(stepped.locks, stepped.events);
    return stepped;
  }
  Settled settle(Locks locks, BootTime now) const override {
    Settled settled = gilir::settle(std::move(locks), now);
    skip(settled.locks, settled.events);
    return settled;
  }

 private:
  static void skip(Locks& locks, std::vector<LockEvent>& events) {
    for (LockEvent& event : events) {
      if (event.kind != LockEventKind::offered) continue;
      Place* head = find_row(locks.places, &Place::place, *event.place);
      if (!head || !head->offered) continue;
      for (Place& next : locks.places) {
        if (next.sequence <= head->sequence || next.offered || next.passed_over) continue;
        if (next.agent == head->agent || servers_of(locks, next.place) != event.servers) continue;
        std::swap(head->offered, next.offered);
        std::swap(head->offer, next.offer);
        event.place = next.place;
        event.agent = next.agent;
        return;
      }
    }
  }
};

// A late release frees whatever lease its agent has at the server by now.
class ALateReleaseFreesTheNewerLease final : public Rules {
 public:
  Stepped step(Locks locks, const Request& request, Now now) const override {
    const Release* release = std::get_if<Release>(&request);
    const Unclosed* mark = release ? find_row(locks.unclosed, &Unclosed::hold, release->hold) : nullptr;
    const Lease* newer = mark ? lease_of(locks, mark->server, mark->agent) : nullptr;
    if (!newer) return gilir::step(std::move(locks), request, now);
    const Hold hold = row_of(locks.holds, &Hold::lease, newer->lease);
    return gilir::step(std::move(locks), Release{hold.hold, hold.lease}, now);
  }
};

// A session whose connection is closed counts as over, whatever may run on.
class ClosedCountsAsOver final : public Rules {
 public:
  Stepped step(Locks locks, const Request& request, Now now) const override {
    const Release* release = std::get_if<Release>(&request);
    if (!release || release->over) return gilir::step(std::move(locks), request, now);
    return gilir::step(std::move(locks), Release{release->hold, release->lease, true}, now);
  }
};

// Clients report that a session is over because its connection is closed.
class ClientsTakeClosedForOver final : public Rules {
 public:
  bool clients_know_closed_from_over() const override { return false; }
};

// What is closed and not over shuts the seat for less than the lock-delay.
class ClosedShutsTheSeatTooShort final : public Rules {
 public:
  Stepped step(Locks locks, const Request& request, Now now) const override {
    Stepped stepped = gilir::step(std::move(locks), request, now);
    for (const LockEvent& event : stepped.events) {
      if (event.kind != LockEventKind::closed) continue;
      if (Unclosed* mark = find_row(stepped.locks.unclosed, &Unclosed::hold, *event.hold)) {
        mark->until.term /= 2;
        mark->until.at -= mark->until.term;
      }
    }
    return stepped;
  }
};

// A repeated request is carried out again.
class AReplayExecutesTwice final : public Rules {
 public:
  bool knows_replays() const override { return false; }
};

}  // namespace gilir::simulation
