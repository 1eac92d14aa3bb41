#include "tests/lock/lock_fixture.h"

namespace gilir::test {
namespace {

class SeveralServers : public LockTest {
 protected:
  void SetUp() override {
    add_server(kantor);
    add_server(gudang, {.server = {}, .term = 120s, .lock_delay = 10s});
    add_server(pusat);
  }
};

TEST_F(SeveralServers, AreGrantedAllTogether) {
  const Granted granted = expect<Granted>(step(asking(sari, {kantor, gudang, kantor})));
  ASSERT_EQ(granted.seats.size(), 2u);
  EXPECT_EQ(granted.seats[0].server, gudang);
  EXPECT_EQ(granted.seats[1].server, kantor);
  EXPECT_EQ(granted.seats[0].deadline, (Deadline{now.boot + 120s, 120s}));
  EXPECT_EQ(granted.seats[1].deadline, (Deadline{now.boot + 60s, 60s}));
  EXPECT_NE(locks.holds[0].set.value, 0);
  EXPECT_EQ(locks.holds[0].set, locks.holds[1].set);
  acquire(budi, pusat);
  EXPECT_EQ(locks.holds[2].set.value, 0);
}

TEST_F(SeveralServers, AreGrantedNoneWhenOneIsHeld) {
  acquire(sari, gudang);
  const HeldByOthers held = expect<HeldByOthers>(step(asking(budi, {kantor, gudang})));
  EXPECT_EQ(held.blockers, (std::vector<Blocker>{{gudang, sari, BlockReason::holds}}));
  EXPECT_EQ(locks.leases.size(), 1u);
}

TEST_F(SeveralServers, AreSharedWhereTheAgentHasALeaseAlready) {
  acquire_timed(sari, kantor, 10min);
  const Granted granted = expect<Granted>(step(asking(sari, {kantor, gudang})));
  EXPECT_FALSE(granted.seats[0].shared);
  EXPECT_TRUE(granted.seats[1].shared);
}

TEST_F(SeveralServers, AreRefusedWholeForAnOwnSessionAtOne) {
  acquire(sari, gudang);
  EXPECT_EQ(expect<OwnSession>(step(asking_in_line(sari, {kantor, gudang}))).session.server, gudang);
}

TEST_F(SeveralServers, KeepBackOneSeatForAnAgentHoweverManyPlacesWaitThere) {
  add_server(kantor, {.server = {}, .seats = 2});
  const GrantedSeat here = acquire_timed(dewi, kantor, 1h);
  const GrantedSeat full = acquire_timed(tono, kantor, 1h);
  acquire_timed(sari, gudang, 1h);
  acquire_timed(sari, pusat, 1h);
  wait(budi, {kantor, gudang});
  wait(budi, {kantor, pusat});
  const WaitId behind = wait(sari, {kantor});
  release(here);
  EXPECT_FALSE(is_offered(behind));
  EXPECT_EQ(kept_seats(locks).size(), 1u);
  release(full);
  EXPECT_TRUE(is_offered(behind));
}

TEST_F(SeveralServers, AreOfferedAllTogetherAndKeptUntilThen) {
  const GrantedSeat here = acquire_timed(sari, kantor, 1h);
  const GrantedSeat there = acquire_timed(dewi, gudang, 1h);
  const WaitId both = wait(budi, {kantor, gudang});
  release(here);
  EXPECT_FALSE(is_offered(both));
  EXPECT_EQ(kept_seats(locks), (std::vector<KeptSeat>{{kantor, locks.places.at(0).place, budi, false}}));
  EXPECT_EQ(expect<HeldByOthers>(step(asking(tono, {kantor}))).blockers,
            (std::vector<Blocker>{{kantor, budi, BlockReason::waits}}));
  const WaitId behind = wait(tono, {kantor});
  EXPECT_FALSE(is_offered(behind));
  release(there);
  EXPECT_TRUE(is_offered(both));
  EXPECT_EQ(events.back().servers, (std::vector<ServerName>{gudang, kantor}));
  EXPECT_EQ(kept_seats(locks).size(), 2u);
  EXPECT_EQ(expect<Granted>(renew_wait(budi, both)).seats.size(), 2u);
  expect<Waiting>(renew_wait(tono, behind));
}

TEST_F(SeveralServers, ShowThePositionInEachLine) {
  acquire_timed(sari, kantor, 1h);
  acquire_timed(sari, gudang, 1h);
  wait(dewi, {gudang});
  const Waiting both = expect<Waiting>(step(asking_in_line(budi, {kantor, gudang})));
  EXPECT_EQ(both.positions.at(0).position, 2);
  EXPECT_EQ(both.positions.at(1).position, 1);
}

TEST_F(SeveralServers, KeepNoSeatBackWhileTheirWaiterIsSilent) {
  const GrantedSeat here = acquire_timed(sari, kantor, 1h);
  acquire_timed(dewi, gudang, 1h);
  wait(budi, {kantor, gudang});
  advance(10s);
  const WaitId behind = wait(tono, {kantor});
  release(here);
  EXPECT_FALSE(is_offered(behind));
  settle_after(5s);
  EXPECT_EQ(told(), Told{"offered tono"});
}

TEST_F(SeveralServers, KeepBackOnlyAsManySeatsAsAreNeeded) {
  add_server(kantor, {.server = {}, .seats = 2});
  const GrantedSeat first = acquire_timed(sari, kantor, 1h);
  const GrantedSeat second = acquire_timed(dewi, kantor, 1h);
  acquire_timed(dewi, gudang, 1h);
  wait(budi, {kantor, gudang});
  const WaitId behind = wait(tono, {kantor});
  release(first);
  EXPECT_FALSE(is_offered(behind));
  release(second);
  EXPECT_TRUE(is_offered(behind));
  EXPECT_EQ(kept_seats(locks).size(), 2u);
}

TEST_F(SeveralServers, NeedNoSeatWhereTheWaiterHasOne) {
  acquire_timed(budi, kantor, 1h);
  const GrantedSeat there = acquire_timed(dewi, gudang, 1h);
  const WaitId first = wait(sari, {kantor});
  const WaitId both = wait(budi, {kantor, gudang});
  release(there);
  EXPECT_TRUE(is_offered(both));
  EXPECT_FALSE(is_offered(first));
  EXPECT_EQ(kept_seats(locks), (std::vector<KeptSeat>{{gudang, locks.places.at(1).place, budi, true}}));
}

TEST_F(SeveralServers, AreAllLostWithOne) {
  const Granted granted = expect<Granted>(step(asking(sari, {kantor, gudang})));
  settle_after(60s);
  EXPECT_EQ(told(), (Told{"expired sari", "expired sari"}));
  EXPECT_EQ(events[0].servers, std::vector<ServerName>{kantor});
  EXPECT_EQ(events[1].servers, std::vector<ServerName>{gudang});
  EXPECT_TRUE(locks.holds.empty());
  // The other's session may stand until its own term is over.
  EXPECT_EQ(locks.unclosed.at(0).server, gudang);
  EXPECT_EQ(locks.unclosed.at(0).until, (Deadline{now.boot + 70s, 70s}));
  EXPECT_EQ(locks.unclosed.at(1).until, (Deadline{now.boot + 30s, 30s}));
  for (const GrantedSeat& seat : granted.seats) expect<Lost>(release(seat));
  EXPECT_TRUE(locks.unclosed.empty());
}

TEST_F(SeveralServers, AreNotLostWithAnotherHoldAtOneOfThem) {
  const GrantedSeat alone = acquire_timed(sari, kantor, 10s);
  const GrantedSeat other = acquire_timed(sari, gudang, 1h);
  step(asking(sari, {kantor, gudang}));
  settle_after(10s);
  EXPECT_EQ(told(), Told{"expired sari"});
  EXPECT_EQ(events[0].hold, alone.hold);
  EXPECT_TRUE(find_row(locks.holds, &Hold::hold, other.hold));
  EXPECT_EQ(locks.holds.size(), 3u);
}

TEST_F(SeveralServers, MayBeReleasedOneByOne) {
  const Granted granted = expect<Granted>(step(asking(sari, {kantor, gudang})));
  release(granted.seats[0]);
  expect<Renewed>(renew(granted.seats[1]));
  acquire(budi, gudang);
}

TEST_F(SeveralServers, LoseTheirTimedHoldsEachAtItsOwnEnd) {
  const Granted granted = expect<Granted>(step(asking_timed(sari, {kantor, gudang}, 10min)));
  advance(5min);
  renew(granted.seats[0]);
  settle_after(5min);
  EXPECT_EQ(told(), (Told{"expired sari", "ended sari"}));
  EXPECT_EQ(locks.holds.size(), 1u);
}

TEST_F(SeveralServers, CountAnAgentWithTwoOffersAtOneServerOnce) {
  add_server(kantor, {.server = {}, .seats = 2});
  const GrantedSeat first = acquire_timed(sari, kantor, 1h);
  const GrantedSeat second = acquire_timed(dewi, kantor, 1h);
  const WaitId one = wait(budi, {kantor});
  const WaitId both = wait(budi, {kantor, pusat});
  const WaitId last = wait(tono, {kantor});
  release(first);
  EXPECT_TRUE(is_offered(one));
  EXPECT_FALSE(is_offered(both));
  release(second);
  EXPECT_TRUE(is_offered(both));
  EXPECT_TRUE(is_offered(last));
  EXPECT_EQ(seats_available(locks, kantor), 0);
}

}  // namespace
}  // namespace gilir::test
