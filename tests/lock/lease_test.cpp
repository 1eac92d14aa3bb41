#include "tests/lock/lock_fixture.h"

namespace gilir::test {
namespace {

class Leases : public LockTest {
 protected:
  void SetUp() override { add_server(kantor); }
};

TEST_F(Leases, IsGrantedToTheFirstWhoAsks) {
  const GrantedSeat seat = acquire(sari, kantor, 41);
  EXPECT_FALSE(seat.shared);
  EXPECT_EQ(seat.server, kantor);
  EXPECT_EQ(seat.deadline, (Deadline{now.boot + 60s, 60s}));
  EXPECT_EQ(told(), Told{"granted sari"});
  EXPECT_EQ(events[0].token, seat.token);
  EXPECT_EQ(events[0].hold, seat.hold);
  EXPECT_EQ(events[0].lease, seat.lease);
  EXPECT_EQ(events[0].hold_kind, HoldKind::kept);
  EXPECT_EQ(events[0].ticket, TicketNumber{41});
  EXPECT_EQ(events[0].due, now.boot);
  const Hold& hold = locks.holds.at(0);
  EXPECT_EQ(hold.host, "host-of-sari");
  EXPECT_EQ(hold.pid, 4711);
  EXPECT_EQ(hold.since, now.wall);
  EXPECT_EQ(locks.leases.at(0).since, now.wall);
}

TEST_F(Leases, TellWhatAHoldWithoutATicketIsFor) {
  Acquire request = asking(sari, {kantor});
  request.reason = "new toner";
  seat(request);
  EXPECT_EQ(events[0].purpose, "new toner");
}

TEST_F(Leases, TellOfAReleaseWhichHoldItWasAndItsTicket) {
  const GrantedSeat seat = acquire(sari, kantor, 41);
  release(seat);
  EXPECT_EQ(events[0].servers, std::vector{kantor});
  EXPECT_EQ(events[0].lease, seat.lease);
  EXPECT_EQ(events[0].token, seat.token);
  EXPECT_EQ(events[0].hold, seat.hold);
  EXPECT_EQ(events[0].hold_kind, HoldKind::kept);
  EXPECT_EQ(events[0].ticket, TicketNumber{41});
}

TEST_F(Leases, RefusesASecondAgentUntilTheFirstReleases) {
  const GrantedSeat seat = acquire(sari, kantor);
  const HeldByOthers held = expect<HeldByOthers>(step(asking(budi, {kantor})));
  EXPECT_EQ(held.blockers, (std::vector<Blocker>{{kantor, sari, BlockReason::holds}}));
  EXPECT_TRUE(events.empty());
  EXPECT_TRUE(expect<Released>(release(seat)).lease_over);
  EXPECT_EQ(told(), (Told{"released sari", "ended sari"}));
  acquire(budi, kantor);
}

TEST_F(Leases, GivesAsManyAgentsASeatAsThereAreSeats) {
  add_server(gudang, {.server = {}, .seats = 2});
  acquire(sari, gudang);
  acquire(budi, gudang);
  const HeldByOthers held = expect<HeldByOthers>(step(asking(dewi, {gudang})));
  EXPECT_EQ(held.blockers.size(), 2u);
}

TEST_F(Leases, IsSharedByAFurtherHoldOfTheSameAgent) {
  add_server(gudang, {.server = {}, .logins = 0});
  const GrantedSeat first = acquire(sari, gudang);
  const GrantedSeat second = acquire(sari, gudang);
  EXPECT_TRUE(second.shared);
  EXPECT_EQ(second.lease, first.lease);
  EXPECT_EQ(second.token, first.token);
  EXPECT_NE(second.hold, first.hold);
  EXPECT_EQ(told(), Told{"shared sari"});
  EXPECT_FALSE(expect<Released>(release(first)).lease_over);
  EXPECT_EQ(told(), Told{"released sari"});
  EXPECT_TRUE(expect<Released>(release(second)).lease_over);
}

TEST_F(Leases, MayBeSharedWhileOthersWait) {
  const GrantedSeat kept = acquire(sari, kantor);
  wait(budi, {kantor});
  EXPECT_TRUE(acquire_timed(sari, kantor, 10min).shared);
  EXPECT_EQ(kept.lease, locks.leases.at(0).lease);
}

TEST_F(Leases, IsNotSharedByWhoAsksForItExclusively) {
  acquire_timed(sari, kantor, 10min);
  Acquire exclusive = asking_timed(sari, {kantor}, 5min);
  exclusive.exclusive = true;
  EXPECT_EQ(expect<NotExclusive>(step(exclusive)).lease.agent, sari);
  exclusive.agent = budi;
  expect<HeldByOthers>(step(exclusive));
}

TEST_F(Leases, RefusesAnAgentsOwnSessionsBeyondTheServersLogins) {
  add_server(gudang, {.server = {}, .logins = 2});
  const GrantedSeat first = acquire(sari, gudang);
  advance(1s);
  acquire(sari, gudang);
  Acquire third = asking(sari, {gudang});
  const OwnSession refused = expect<OwnSession>(step(third));
  EXPECT_EQ(refused.session.hold, first.hold);
  EXPECT_EQ(refused.session.terminal, "/dev/pts/3");
  EXPECT_EQ(refused.session.since, now.wall - 1s);
  third.wait = true;
  expect<OwnSession>(step(third));
  acquire_timed(sari, gudang, 1min);
  release(first);
  acquire(sari, gudang);
}

TEST_F(Leases, CountsTimedHoldsAsNoLogin) {
  acquire_timed(sari, kantor, 10min);
  EXPECT_TRUE(acquire(sari, kantor).shared);
  expect<OwnSession>(step(asking(sari, {kantor})));
}

TEST_F(Leases, HasTokensThatRiseWhateverTheWallClockDoes) {
  GrantedSeat seat = acquire(sari, kantor);
  EXPECT_EQ(seat.token.value, now.wall.time_since_epoch().count());
  const Token first = seat.token;
  release(seat);
  now.wall -= 10h;
  seat = acquire(budi, kantor);
  EXPECT_EQ(seat.token.value, first.value + 1);
  release(seat);
  now.wall += 20h;
  seat = acquire(sari, kantor);
  EXPECT_EQ(seat.token.value, now.wall.time_since_epoch().count());
}

TEST_F(Leases, LivesOnWhileItIsRenewed) {
  const GrantedSeat seat = acquire(sari, kantor);
  for (int i = 0; i < 10; ++i) {
    advance(59s);
    const Renewed renewed = expect<Renewed>(renew(seat));
    EXPECT_EQ(renewed.holds.at(0).hold, seat.hold);
    EXPECT_EQ(renewed.holds.at(0).deadline, (Deadline{now.boot + 60s, 60s}));
    EXPECT_TRUE(events.empty());
  }
}

TEST_F(Leases, GivesATimedHoldItsOwnTermAgain) {
  const GrantedSeat seat = acquire_timed(sari, kantor, 10min);
  advance(9min);
  EXPECT_EQ(expect<Renewed>(renew(seat)).holds.at(0).deadline, (Deadline{now.boot + 10min, 10min}));
}

TEST_F(Leases, IsLostAtItsDeadlineAndNotBefore) {
  const GrantedSeat seat = acquire(sari, kantor);
  advance(60s - 1ms);
  expect<Renewed>(renew(seat));
  advance(60s);
  EXPECT_EQ(expect<Lost>(renew(seat)).holds, std::vector<HoldId>{seat.hold});
  EXPECT_EQ(told(), Told{"expired sari"});
  EXPECT_EQ(events[0].hold, seat.hold);
  EXPECT_EQ(events[0].token, seat.token);
}

TEST_F(Leases, IsLostToWhoNamesAnOlderLeaseOrToken) {
  const GrantedSeat old = acquire(sari, kantor);
  release(old);
  const GrantedSeat current = acquire(sari, kantor);
  expect<Lost>(step(Renew{{{current.hold, old.lease, current.token}}}));
  expect<Lost>(step(Renew{{{current.hold, current.lease, old.token}}}));
  expect<Lost>(step(Renew{{{old.hold, current.lease, current.token}}}));
  expect<Lost>(step(Release{current.hold, old.lease}));
  EXPECT_TRUE(events.empty());
  expect<Renewed>(renew(current));
}

TEST_F(Leases, RenewsAllOfOneClientsHoldsOrNone) {
  add_server(gudang);
  const GrantedSeat here = acquire(sari, kantor);
  const GrantedSeat there = acquire(sari, gudang);
  advance(30s);
  release(there);
  const Outcome outcome = step(Renew{{{here.hold, here.lease, here.token}, {there.hold, there.lease, there.token}}});
  EXPECT_EQ(expect<Lost>(outcome).holds, std::vector<HoldId>{there.hold});
  EXPECT_EQ(locks.holds.at(0).deadline, here.deadline);
}

TEST_F(Leases, KeepsItsDeadlineWhenTheTermIsShortened) {
  const GrantedSeat seat = acquire(sari, kantor);
  add_server(kantor, {.server = {}, .term = 10s});
  advance(10s);
  EXPECT_EQ(expect<Renewed>(renew(seat)).holds.at(0).deadline, (Deadline{seat.deadline.at, 50s}));
  advance(45s);
  EXPECT_EQ(expect<Renewed>(renew(seat)).holds.at(0).deadline, (Deadline{now.boot + 10s, 10s}));
}

TEST_F(Leases, AfterARebootCountsTheLongerTermThatItsClientMayStillGoBy) {
  const GrantedSeat seat = acquire(sari, kantor);
  add_server(kantor, {.server = {}, .term = 10s});
  advance(10s);
  renew(seat);
  step(Reboot{});
  advance(49s);
  expect<HeldByOthers>(step(asking(budi, {kantor})));
  EXPECT_TRUE(lease_of(locks, kantor, sari));
}

TEST_F(Leases, OfTimedHoldsOnlyEndsAtOnce) {
  acquire_timed(sari, kantor, 10min);
  advance(10min - 1ms);
  expect<HeldByOthers>(step(asking(budi, {kantor})));
  advance(1ms);
  acquire(budi, kantor);
  EXPECT_EQ(told(), (Told{"expired sari", "ended sari", "granted budi"}));
}

TEST_F(Leases, CannotBeAskedOfAServerThatIsNotThere) {
  try {
    step(asking(sari, {kantor, gudang}));
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::not_found);
    EXPECT_EQ(error.text("name"), "gudang-7");
  }
}

TEST_F(Leases, IsNotMovedByAClockThatSeemsToGoBack) {
  const GrantedSeat seat = acquire(sari, kantor);
  advance(30s);
  expect<Renewed>(renew(seat));
  const BootTime latest = now.boot;
  now.boot -= 20s;
  EXPECT_EQ(expect<Renewed>(renew(seat)).holds.at(0).deadline.at, latest + 60s);
  EXPECT_EQ(locks.clock, latest);
}

}  // namespace
}  // namespace gilir::test
