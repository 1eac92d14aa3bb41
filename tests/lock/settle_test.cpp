#include <array>
#include <random>

#include "tests/lock/lock_fixture.h"

namespace gilir::test {
namespace {

class Settlement : public LockTest {
 protected:
  void SetUp() override { add_server(kantor); }
};

TEST_F(Settlement, HasNothingDueWhereTimeChangesNothing) {
  EXPECT_EQ(next_due(locks), std::nullopt);
  EXPECT_EQ(next_due(Locks{}), std::nullopt);
}

TEST_F(Settlement, KnowsWhatFallsDueNext) {
  const BootTime start = now.boot;
  acquire(sari, kantor);
  EXPECT_EQ(next_due(locks), start + 60s);
  const WaitId waiting = wait(budi, {kantor});
  EXPECT_EQ(next_due(locks), start + 15s);
  settle_after(15s);
  EXPECT_EQ(next_due(locks), start + 30s);
  renew_wait(budi, waiting);
  EXPECT_EQ(next_due(locks), start + 30s);
  settle_after(30s);
  EXPECT_EQ(next_due(locks), start + 60s);
  settle_after(15s);
  EXPECT_EQ(next_due(locks), start + 90s);
  settle_after(30s);
  EXPECT_EQ(next_due(locks), std::nullopt);
}

TEST_F(Settlement, KnowsWhenAnOfferLapses) {
  add_server(kantor, {.server = {}, .offer_time = 4s});
  const GrantedSeat seat = acquire(sari, kantor);
  wait(budi, {kantor});
  release(seat);
  EXPECT_EQ(next_due(locks), now.boot + 4s);
}

TEST_F(Settlement, AppliesWhatIsLongDueInTheOrderOfDueTimes) {
  const BootTime start = now.boot;
  add_server(gudang, {.server = {}, .term = 20s, .lock_delay = 5s});
  acquire(sari, kantor);
  acquire(sari, gudang);
  wait(budi, {gudang});
  advance(1s);
  wait(dewi, {kantor});
  settle_after(10min);
  EXPECT_EQ(told(), (Told{"expired sari", "ended sari", "wait_ended budi lapsed", "wait_ended dewi lapsed",
                          "expired sari", "ended sari"}));
  const std::vector<Milliseconds> dues{20s, 25s, 30s, 31s, 60s, 90s};
  for (std::size_t i = 0; i < dues.size(); ++i) EXPECT_EQ(events.at(i).due - start, dues[i]) << i;
  EXPECT_EQ(locks.clock, now.boot);
}

TEST_F(Settlement, NeverGoesBack) {
  settle_after(10s);
  const Settled again = settle(locks, now.boot - 5s);
  EXPECT_EQ(again.locks, locks);
}

// Random locks, made by random requests; times are whole seconds, so that many things fall due together.
class RandomLocks : public LockTest {
 protected:
  int up_to(int last) { return std::uniform_int_distribution<int>(0, last)(random_); }
  bool chance(int percent) { return up_to(99) < percent; }
  template <class Row>
  const Row& one_of(const std::vector<Row>& rows) {
    return rows[std::uniform_int_distribution<std::size_t>(0, rows.size() - 1)(random_)];
  }

  void make() {
    locks = {};
    for (const ServerName& server : servers_) {
      add_server(server, {.server = {},
                          .seats = 1 + up_to(2),
                          .logins = up_to(2),
                          .term = Seconds(5 + up_to(20)),
                          .lock_delay = Seconds(up_to(10)),
                          .offer_time = Seconds(1 + up_to(20))});
    }
    for (int i = up_to(40); i > 0; --i) do_something();
  }

  void do_something() {
    if (chance(40)) advance(Seconds(up_to(4)));
    if (chance(15) && !locks.leases.empty()) return demand_something(one_of(locks.leases));
    if (const int what = up_to(9); what < 6) {
      Acquire request = asking(one_of(agents_), {one_of(servers_)});
      if (chance(40)) request.servers.push_back(one_of(servers_));
      if (chance(30)) request.kind = HoldKind::timed;
      request.duration = Seconds(1 + up_to(30));
      request.wait = chance(80);
      if (chance(50)) request.ticket = TicketNumber{1 + up_to(3)};
      step(request);
    } else if (what == 6 && !locks.waits.empty()) {
      const Wait wait = one_of(locks.waits);
      renew_wait(row_of(locks.places, &Place::place, wait.place).agent, wait.wait);
    } else if (what == 7 && !locks.holds.empty()) {
      const Hold hold = one_of(locks.holds);
      step(Release{hold.hold, hold.lease});
    } else if (what == 8 && !locks.holds.empty()) {
      const Hold hold = one_of(locks.holds);
      step(Renew{{{hold.hold, hold.lease, row_of(locks.leases, &Lease::lease, hold.lease).token}}});
    } else if (chance(70) || locks.holds.empty() || locks.waits.empty()) {
      step(TicketMerged{TicketNumber{1 + up_to(3)}, TicketNumber{1 + up_to(3)}});
    } else {
      step(TicketUnmerged{
          TicketNumber{1 + up_to(3)}, TicketNumber{1 + up_to(3)}, {locks.holds[0].hold}, {locks.waits[0].wait}});
    }
  }

  void demand_something(const Lease& lease) {
    const auto kind = std::array{DemandKind::knock, DemandKind::break_, DemandKind::hand_over,
                                 DemandKind::steal}[static_cast<std::size_t>(up_to(3))];
    const AgentName other = one_of(agents_);
    if (kind == DemandKind::steal) {
      Acquire request = asking_in_line(other, {lease.server});
      request.taking = TakeOver{lease.lease, kind, "", Seconds(1 + up_to(29)), chance(20)};
      step(request);
    } else if (chance(20)) {
      step(KeepAsking{lease.lease, lease.server, other});
    } else {
      const bool gives = kind == DemandKind::hand_over;
      step(AskHolder{lease.lease, lease.server, kind, gives ? lease.agent : other, gives ? other : AgentName{}, "",
                     Seconds(1 + up_to(29)), false, chance(60)});
    }
  }

  std::mt19937 random_{20261122};
  const std::vector<ServerName> servers_{gudang, kantor, pusat};
  const std::vector<AgentName> agents_{sari, budi, dewi, tono};
};

TEST_F(RandomLocks, ComeToTheSameWhetherSettledAtOnceOrInStages) {
  for (int round = 0; round < 500; ++round) {
    make();
    const BootTime first = now.boot + Seconds(up_to(40));
    const BootTime second = first + Seconds(up_to(40));
    const Settled at_once = settle(locks, second);
    Settled staged = settle(locks, first);
    ASSERT_EQ(settle(staged.locks, first).locks, staged.locks);
    ASSERT_TRUE(settle(staged.locks, first).events.empty());
    const Settled rest = settle(staged.locks, second);
    staged.events.insert(staged.events.end(), rest.events.begin(), rest.events.end());
    ASSERT_EQ(rest.locks, at_once.locks) << "round " << round;
    ASSERT_EQ(staged.events, at_once.events) << "round " << round;
    ASSERT_EQ(problem_in(at_once.locks), "");
    for (std::size_t i = 1; i < at_once.events.size(); ++i) {
      ASSERT_LE(at_once.events[i - 1].due, at_once.events[i].due);
    }
  }
}

TEST_F(RandomLocks, AreAllFreeInTheEndWhenEverybodyIsSilent) {
  for (int round = 0; round < 500; ++round) {
    make();
    Settled settled = settle(locks, now.boot + 10min);
    EXPECT_TRUE(settled.locks.leases.empty());
    EXPECT_TRUE(settled.locks.unclosed.empty());
    EXPECT_TRUE(settled.locks.places.empty());
    EXPECT_EQ(next_due(settled.locks), std::nullopt);
  }
}

}  // namespace
}  // namespace gilir::test
