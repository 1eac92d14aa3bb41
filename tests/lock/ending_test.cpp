#include "tests/lock/lock_fixture.h"

namespace gilir::test {
namespace {

// Term 60 s and lock delay 30 s throughout.
class EndingSeat : public LockTest {
 protected:
  void SetUp() override { add_server(kantor); }
};

TEST_F(EndingSeat, GoesToNobodyElseUntilTheLockDelayIsPast) {
  acquire(sari, kantor);
  settle_after(60s);
  EXPECT_EQ(told(), Told{"expired sari"});
  EXPECT_EQ(events[0].due, now.boot);
  EXPECT_TRUE(locks.leases.empty());
  EXPECT_EQ(locks.unclosed.at(0).until, (Deadline{now.boot + 30s, 30s}));
  EXPECT_EQ(expect<HeldByOthers>(step(asking(budi, {kantor}))).blockers,
            (std::vector<Blocker>{{kantor, sari, BlockReason::ending}}));
  advance(30s - 1ms);
  expect<HeldByOthers>(step(asking(budi, {kantor})));
  advance(1ms);
  EXPECT_FALSE(acquire(budi, kantor).shared);
  EXPECT_EQ(told(), (Told{"ended sari", "granted budi"}));
  EXPECT_EQ(events[0].due, now.boot);
}

TEST_F(EndingSeat, DoesNotExistWithoutALockDelay) {
  add_server(gudang, {.server = {}, .seats = 2, .lock_delay = 0s});
  acquire(sari, gudang);
  acquire(budi, gudang);
  settle_after(60s);
  EXPECT_EQ(told(), (Told{"expired sari", "ended sari", "expired budi", "ended budi"}));
}

TEST_F(EndingSeat, IsFreeAtOnceWhenItsSessionIsReportedClosed) {
  const GrantedSeat seat = acquire(sari, kantor);
  settle_after(61s);
  EXPECT_EQ(expect<Lost>(release(seat)).holds, std::vector<HoldId>{seat.hold});
  EXPECT_EQ(told(), Told{"ended sari"});
  EXPECT_EQ(events[0].lease, seat.lease);
  acquire(budi, kantor);
}

TEST_F(EndingSeat, IsNotRenewed) {
  const GrantedSeat seat = acquire(sari, kantor);
  settle_after(61s);
  expect<Lost>(renew(seat));
}

TEST_F(EndingSeat, IsFreeOnlyWhenAllItsSessionsAreClosedOrPast) {
  add_server(gudang, {.server = {}, .logins = 2});
  const GrantedSeat first = acquire(sari, gudang);
  advance(10s);
  const GrantedSeat second = acquire(sari, gudang);
  settle_after(60s);
  EXPECT_EQ(told(), (Told{"expired sari", "expired sari"}));
  release(first);
  EXPECT_TRUE(events.empty());
  expect<HeldByOthers>(step(asking(budi, {gudang})));
  release(second);
  EXPECT_EQ(told(), Told{"ended sari"});
}

TEST_F(EndingSeat, IsGivenBackToItsAgentWhileNobodyWaits) {
  const GrantedSeat before = acquire(sari, kantor);
  settle_after(60s);
  const GrantedSeat after = acquire(sari, kantor);
  EXPECT_FALSE(after.shared);
  EXPECT_GT(after.token, before.token);
  EXPECT_GT(after.lease, before.lease);
  EXPECT_EQ(told(), Told{"granted sari"});
  EXPECT_EQ(locks.unclosed.at(0).lease, after.lease);
}

TEST_F(EndingSeat, StillBindsOthersAfterItsAgentHadItAgain) {
  acquire(sari, kantor);
  settle_after(60s);
  const GrantedSeat again = acquire(sari, kantor);
  advance(5s);
  EXPECT_TRUE(expect<Released>(release(again)).lease_over);
  EXPECT_EQ(told(), Told{"released sari"});
  expect<HeldByOthers>(step(asking(budi, {kantor})));
  settle_after(25s);
  EXPECT_EQ(told(), Told{"ended sari"});
  EXPECT_EQ(events[0].lease, again.lease);
}

TEST_F(EndingSeat, IsNotGivenBackWhileOthersWait) {
  acquire(sari, kantor);
  advance(50s);
  const WaitId waiting = wait(budi, {kantor});
  advance(10s);
  expect<HeldByOthers>(step(asking(sari, {kantor})));
  wait(sari, {kantor});
  advance(10s);
  expect<Waiting>(renew_wait(budi, waiting));
  advance(10s);
  expect<Waiting>(renew_wait(budi, waiting));
  advance(10s);
  expect<Granted>(renew_wait(budi, waiting));
}

TEST_F(EndingSeat, DoesNotBindTheServersOtherSeats) {
  add_server(gudang, {.server = {}, .seats = 2});
  acquire(sari, gudang);
  settle_after(60s);
  acquire(budi, gudang);
  expect<HeldByOthers>(step(asking(dewi, {gudang})));
}

TEST_F(EndingSeat, CountsOnceWithItsAgentsNewLease) {
  add_server(gudang, {.server = {}, .seats = 2});
  acquire(sari, gudang);
  settle_after(60s);
  acquire(sari, gudang);
  acquire(budi, gudang);
  expect<HeldByOthers>(step(asking(dewi, {gudang})));
}

TEST_F(EndingSeat, ComesOnlyWithTheLastHoldOfALease) {
  const GrantedSeat timed = acquire_timed(sari, kantor, 10min);
  const GrantedSeat kept = acquire(sari, kantor);
  settle_after(60s);
  EXPECT_EQ(told(), Told{"expired sari"});
  EXPECT_EQ(events[0].hold, kept.hold);
  EXPECT_EQ(locks.leases.size(), 1u);
  settle_after(1s);
  EXPECT_TRUE(expect<Released>(release(timed)).lease_over);
  EXPECT_EQ(told(), Told{"released sari"});
  settle_after(29s);
  EXPECT_EQ(told(), Told{"ended sari"});
}

TEST_F(EndingSeat, IsSkippedWhenTheMarkIsPastBeforeTheLeaseEnds) {
  const GrantedSeat timed = acquire_timed(sari, kantor, 10min);
  acquire(sari, kantor);
  settle_after(90s);
  EXPECT_TRUE(locks.unclosed.empty());
  EXPECT_EQ(told(), Told{"expired sari"});
  release(timed);
  EXPECT_EQ(told(), (Told{"released sari", "ended sari"}));
}

TEST_F(EndingSeat, IsFreeAtOnceWithoutALockDelay) {
  add_server(gudang, {.server = {}, .lock_delay = 0s});
  acquire(sari, gudang);
  settle_after(60s);
  EXPECT_EQ(told(), (Told{"expired sari", "ended sari"}));
  acquire(budi, gudang);
}

TEST_F(EndingSeat, IsClearedByALateReleaseAfterItsAgentHadItAgainAndNothingElseIs) {
  const GrantedSeat before = acquire(sari, kantor);
  settle_after(60s);
  const GrantedSeat after = acquire(sari, kantor);
  expect<Lost>(release(before));
  EXPECT_TRUE(events.empty());
  EXPECT_TRUE(locks.unclosed.empty());
  expect<Renewed>(renew(after));
  release(after);
  EXPECT_EQ(told(), (Told{"released sari", "ended sari"}));
}

TEST_F(EndingSeat, IsNotTouchedByALateReleaseOfAnOlderLease) {
  const GrantedSeat before = acquire(sari, kantor);
  release(before);
  const GrantedSeat after = acquire(budi, kantor);
  expect<Lost>(release(before));
  EXPECT_TRUE(events.empty());
  expect<Renewed>(renew(after));
}

TEST_F(EndingSeat, LetsALoginBeUsedAgainAtOnceByItsAgent) {
  acquire_timed(sari, kantor, 10min);
  acquire(sari, kantor);
  settle_after(60s);
  EXPECT_TRUE(acquire(sari, kantor).shared);
}

TEST_F(EndingSeat, IsOfferedToNobodyNotEvenToItsAgentAtTheHeadOfTheLine) {
  add_server(kantor, {.server = {}, .logins = 0});
  add_server(gudang);
  const GrantedSeat there = acquire_timed(budi, gudang, 1h);
  const GrantedSeat here = acquire(sari, kantor);
  advance(55s);
  const WaitId waiting = wait(sari, {gudang, kantor});
  settle_after(5s);
  EXPECT_EQ(told(), Told{"expired sari"});
  release(there);
  EXPECT_EQ(told(), (Told{"released budi", "ended budi"}));
  expect<Waiting>(renew_wait(sari, waiting));
  EXPECT_EQ(kept_seats(locks), (std::vector<KeptSeat>{{gudang, locks.places.at(0).place, sari, false}}));
  expect<Lost>(release(here));
  EXPECT_EQ(told(), (Told{"ended sari", "offered sari"}));
}

TEST_F(EndingSeat, StandsOnWhileItsProgramIsSeenToRun) {
  const GrantedSeat seat = acquire(sari, kantor);
  advance(1h);
  locks.seen = {now.boot, {seat.hold}};
  expect<HeldByOthers>(step(asking(budi, {kantor})));
  EXPECT_EQ(told(), Told{"expired sari"});
  EXPECT_TRUE(locks.unclosed.at(0).stands);
  EXPECT_EQ(locks.unclosed.at(0).until.at, now.boot + 1s);
  advance(1s);
  locks.seen = {now.boot, {}};
  EXPECT_FALSE(acquire(budi, kantor).shared);
}

TEST_F(EndingSeat, StandsOnWhileItsProgramIsSeenToRunAlsoWithoutALockDelay) {
  add_server(gudang, {.server = {}, .lock_delay = 0s});
  const GrantedSeat seat = acquire(sari, gudang);
  locks.seen = {now.boot + 60s, {seat.hold}};
  settle_after(60s);
  EXPECT_EQ(told(), Told{"expired sari"});
  expect<HeldByOthers>(step(asking(budi, {gudang})));
}

TEST_F(EndingSeat, BindsItsOwnAgentTooWhileItsProgramIsSeenToRun) {
  const GrantedSeat seat = acquire(sari, kantor);
  advance(61s);
  locks.seen = {now.boot, {seat.hold}};
  expect<HeldByOthers>(step(asking(sari, {kantor})));
  locks.seen = {};
  expect<Lost>(release(seat));
  EXPECT_FALSE(acquire(sari, kantor).shared);
}

TEST_F(EndingSeat, OfAProcessThatIsGoneIsItsAgentsAtOnceAndOthersInTime) {
  const GrantedSeat seat = acquire(sari, kantor);
  expect<Applied>(step(HolderGone{seat.hold, seat.lease}));
  EXPECT_EQ(told(), Told{"expired sari"});
  EXPECT_EQ(locks.unclosed.at(0).until.at, now.boot + 90s);
  expect<HeldByOthers>(step(asking(budi, {kantor})));
  EXPECT_FALSE(acquire(sari, kantor).shared);
}

TEST_F(EndingSeat, OfAProcessThatIsGoneIsNotItsAgentsWhileOthersWait) {
  const GrantedSeat seat = acquire(sari, kantor);
  wait(budi, {kantor});
  expect<Applied>(step(HolderGone{seat.hold, seat.lease}));
  EXPECT_TRUE(told().empty());
  expect<OwnSession>(step(asking(sari, {kantor})));
}

TEST_F(EndingSeat, IsClosedButNotOverForTheLockDelay) {
  const GrantedSeat seat = acquire(sari, kantor);
  const WaitId waiting = wait(budi, {kantor});
  advance(10s);
  EXPECT_TRUE(expect<Released>(close(seat)).lease_over);
  EXPECT_EQ(told(), Told{"closed sari"});
  EXPECT_EQ(locks.unclosed.at(0).until, (Deadline{now.boot + 30s, 30s}));
  EXPECT_LE(locks.unclosed.at(0).permit.at, now.boot);
  for (int i = 0; i < 2; ++i) {
    advance(10s);
    expect<Waiting>(renew_wait(budi, waiting));
  }
  settle_after(10s);
  EXPECT_EQ(told(), (Told{"ended sari", "offered budi"}));
}

TEST_F(EndingSeat, IsFreeWhenWhatWasClosedTurnsOutToBeOver) {
  const GrantedSeat seat = acquire(sari, kantor);
  close(seat);
  expect<Lost>(release(seat));
  EXPECT_EQ(told(), Told{"ended sari"});
}

TEST_F(EndingSeat, GoesBackAtOnceToTheAgentWhoseClosedWorkMayRunOn) {
  close(acquire(sari, kantor));
  expect<HeldByOthers>(step(asking(budi, {kantor})));
  acquire(sari, kantor);
}

TEST_F(EndingSeat, StandsNoLongerForASessionThatWasCutAndIsNowClosed) {
  const GrantedSeat seat = acquire(sari, kantor);
  settle_after(60s);
  advance(10s);
  expect<Lost>(close(seat));
  EXPECT_EQ(locks.unclosed.at(0).until.at, now.boot + 20s);
  settle_after(20s);
  EXPECT_EQ(told(), Told{"ended sari"});
}

TEST_F(EndingSeat, BindsNobodyWhereAClosedSessionNeedsNoLockDelay) {
  add_server(gudang, {.server = {}, .lock_delay = 0s});
  close(acquire(sari, gudang));
  EXPECT_EQ(told(), (Told{"closed sari", "ended sari"}));
}

TEST_F(EndingSeat, IsNotLeftByATimedHold) {
  close(acquire_timed(sari, kantor, 10min));
  EXPECT_EQ(told(), (Told{"closed sari", "ended sari"}));
}

}  // namespace
}  // namespace gilir::test
