#include "tests/lock/lock_fixture.h"

namespace gilir::test {
namespace {

// One seat; offers stand 30 s, waits 30 s, and are fresh for 15 s.
class Line : public LockTest {
 protected:
  void SetUp() override { add_server(kantor); }
};

TEST_F(Line, IsJoinedOnlyByWhoWantsToWait) {
  acquire(sari, kantor);
  expect<HeldByOthers>(step(asking(budi, {kantor})));
  EXPECT_TRUE(locks.places.empty());
  const Waiting first = expect<Waiting>(step(asking_in_line(budi, {kantor}, 42)));
  EXPECT_EQ(told(), Told{"queued budi"});
  EXPECT_EQ(events[0].wait, first.wait);
  EXPECT_EQ(events[0].ticket, TicketNumber{42});
  EXPECT_EQ(events[0].place, locks.places.at(0).place);
  EXPECT_EQ(first.positions.at(0).position, 1);
  EXPECT_EQ(first.positions.at(0).server, kantor);
  EXPECT_FALSE(first.offered);
  EXPECT_EQ(first.next_due, now.boot + 15s);
  EXPECT_EQ(locks.waits.at(0).terminal, "/dev/pts/3");
  EXPECT_EQ(locks.waits.at(0).since, now.wall);
  EXPECT_EQ(expect<Waiting>(step(asking_in_line(dewi, {kantor}))).positions.at(0).position, 2);
  EXPECT_EQ(line_at(locks, kantor).size(), 2u);
}

TEST_F(Line, IsNotJoinedWhenASeatIsFree) {
  expect<Granted>(step(asking_in_line(sari, {kantor})));
  EXPECT_EQ(told(), Told{"granted sari"});
}

TEST_F(Line, GetsTheSeatThatFreesByAnOfferToItsHead) {
  const GrantedSeat seat = acquire(sari, kantor);
  const WaitId first = wait(budi, {kantor}, 42);
  const WaitId second = wait(dewi, {kantor});
  release(seat);
  EXPECT_EQ(told(), (Told{"released sari", "ended sari", "offered budi"}));
  EXPECT_TRUE(is_offered(first));
  EXPECT_EQ(locks.places.at(0).offer, (Deadline{now.boot + 30s, 30s}));
  EXPECT_EQ(kept_seats(locks), (std::vector<KeptSeat>{{kantor, locks.places.at(0).place, budi, true}}));
  expect<Waiting>(renew_wait(dewi, second));
  const Granted granted = expect<Granted>(renew_wait(budi, first));
  EXPECT_EQ(told(), (Told{"granted budi", "wait_ended budi granted"}));
  EXPECT_FALSE(granted.seats.at(0).shared);
  EXPECT_EQ(locks.holds.at(0).ticket, TicketNumber{42});
  EXPECT_EQ(expect<Waiting>(renew_wait(dewi, second)).positions.at(0).position, 1);
}

TEST_F(Line, IsNotBypassedWhileItHasAnOffer) {
  const GrantedSeat seat = acquire(sari, kantor);
  wait(budi, {kantor});
  release(seat);
  EXPECT_EQ(expect<HeldByOthers>(step(asking(sari, {kantor}))).blockers,
            (std::vector<Blocker>{{kantor, budi, BlockReason::offered}}));
}

TEST_F(Line, HasNoSeatToGiveAtAServerThatIsNotAmongTheLocks) {
  EXPECT_EQ(seats_available(locks, ServerName{"nowhere"}), 0);
}

TEST_F(Line, IsNotBypassedThoughASeatIsFree) {
  add_server(gudang, {.server = {}, .seats = 2});
  acquire(sari, gudang);
  const GrantedSeat seat = acquire(budi, gudang);
  const WaitId waiting = wait(dewi, {gudang});
  release(seat);
  EXPECT_TRUE(is_offered(waiting));
  add_server(gudang, {.server = {}, .seats = 3});
  EXPECT_EQ(seats_available(locks, gudang), 1);
  EXPECT_EQ(expect<HeldByOthers>(step(asking(tono, {gudang}))).blockers,
            (std::vector<Blocker>{{gudang, sari, BlockReason::holds}, {gudang, dewi, BlockReason::offered}}));
  expect<Granted>(step(asking_in_line(tono, {gudang})));
}

TEST_F(Line, PassesTheOfferOnWhenItIsNotTakenUp) {
  const GrantedSeat seat = acquire(sari, kantor);
  const WaitId first = wait(budi, {kantor});
  const WaitId second = wait(dewi, {kantor});
  release(seat);
  advance(14s);
  renew_wait(dewi, second);
  advance(14s);
  renew_wait(dewi, second);
  settle_after(2s - 1ms);
  EXPECT_TRUE(events.empty());
  settle_after(1ms);
  EXPECT_EQ(told(), (Told{"wait_ended budi offer_lapsed", "offered dewi"}));
  EXPECT_EQ(events[1].due, now.boot);
  expect<NoSuchWait>(renew_wait(budi, first));
  expect<Granted>(renew_wait(dewi, second));
}

TEST_F(Line, LosesAWaitThatIsNotRenewed) {
  acquire_timed(sari, kantor, 1h);
  const WaitId waiting = wait(budi, {kantor});
  advance(20s);
  expect<Waiting>(renew_wait(budi, waiting));
  settle_after(30s - 1ms);
  EXPECT_TRUE(events.empty());
  settle_after(1ms);
  EXPECT_EQ(told(), Told{"wait_ended budi lapsed"});
  EXPECT_EQ(events[0].wait, waiting);
  EXPECT_EQ(events[0].servers, std::vector<ServerName>{kantor});
  EXPECT_TRUE(locks.places.empty());
  EXPECT_TRUE(locks.place_servers.empty());
  expect<NoSuchWait>(renew_wait(budi, waiting));
}

TEST_F(Line, PassesOverWhoHasNotRenewedLately) {
  const GrantedSeat seat = acquire_timed(sari, kantor, 1h);
  const WaitId silent = wait(budi, {kantor});
  advance(1s);
  const WaitId second = wait(dewi, {kantor});
  advance(14s);
  release(seat);
  EXPECT_TRUE(is_offered(second));
  EXPECT_FALSE(is_offered(silent));
}

TEST_F(Line, StillOffersToWhoRenewedJustLessThanFifteenSecondsAgo) {
  const GrantedSeat seat = acquire_timed(sari, kantor, 1h);
  const WaitId first = wait(budi, {kantor});
  advance(15s - 1ms);
  release(seat);
  EXPECT_TRUE(is_offered(first));
}

TEST_F(Line, OffersToWhoCameBackInTimeAtItsOldPlace) {
  const GrantedSeat seat = acquire_timed(sari, kantor, 1h);
  const WaitId first = wait(budi, {kantor});
  settle_after(20s);
  EXPECT_TRUE(locks.places.at(0).passed_over);
  const WaitId second = wait(dewi, {kantor});
  EXPECT_EQ(expect<Waiting>(renew_wait(budi, first)).positions.at(0).position, 1);
  release(seat);
  EXPECT_TRUE(is_offered(first));
  EXPECT_FALSE(is_offered(second));
}

TEST_F(Line, GrantsAtOnceToWhoComesWhenAllBeforeAreSilent) {
  const GrantedSeat seat = acquire_timed(sari, kantor, 1h);
  wait(budi, {kantor});
  settle_after(16s);
  release(seat);
  EXPECT_EQ(told(), (Told{"released sari", "ended sari"}));
  expect<HeldByOthers>(step(asking(dewi, {kantor})));
  expect<Granted>(step(asking_in_line(dewi, {kantor})));
  EXPECT_EQ(told(), (Told{"queued dewi", "offered dewi", "granted dewi", "wait_ended dewi granted"}));
}

TEST_F(Line, GrantsAtOnceToASilentHeadThatComesBack) {
  const GrantedSeat seat = acquire_timed(sari, kantor, 1h);
  const WaitId waiting = wait(budi, {kantor});
  settle_after(16s);
  release(seat);
  expect<Granted>(renew_wait(budi, waiting));
  EXPECT_EQ(told(), (Told{"offered budi", "granted budi", "wait_ended budi granted"}));
}

TEST_F(Line, IsLeftByWhoWantsTo) {
  acquire(sari, kantor);
  const WaitId first = wait(budi, {kantor});
  const WaitId second = wait(dewi, {kantor});
  expect<Left>(step(Leave{first}));
  EXPECT_EQ(told(), Told{"wait_ended budi left"});
  expect<Left>(step(Leave{second, true}));
  EXPECT_EQ(told(), Told{"wait_ended dewi timed_out"});
  expect<NoSuchWait>(step(Leave{second}));
  EXPECT_TRUE(locks.places.empty());
}

TEST_F(Line, OffersToTheNextWhenWhoHasTheOfferLeaves) {
  const GrantedSeat seat = acquire(sari, kantor);
  const WaitId first = wait(budi, {kantor});
  const WaitId second = wait(dewi, {kantor});
  release(seat);
  step(Leave{first});
  EXPECT_EQ(told(), (Told{"wait_ended budi left", "offered dewi"}));
  EXPECT_TRUE(is_offered(second));
}

TEST_F(Line, GivesAllWaitsOfOneAgentOnePlace) {
  add_server(gudang, {.server = {}, .logins = 0});
  const GrantedSeat seat = acquire(sari, gudang);
  const Waiting first = expect<Waiting>(step(asking_in_line(budi, {gudang})));
  wait(dewi, {gudang});
  const Waiting second = expect<Waiting>(step(asking_in_line(budi, {gudang})));
  EXPECT_EQ(second.place, first.place);
  EXPECT_NE(second.wait, first.wait);
  EXPECT_EQ(second.positions.at(0).position, 1);
  release(seat);
  EXPECT_EQ(expect<Granted>(renew_wait(budi, second.wait)).seats.size(), 1u);
  EXPECT_EQ(told(), (Told{"granted budi", "wait_ended budi granted", "wait_ended budi shared"}));
  EXPECT_EQ(events[2].wait, first.wait);
  expect<NoSuchWait>(renew_wait(budi, first.wait));
  EXPECT_TRUE(acquire(budi, gudang).shared);
}

TEST_F(Line, KeepsAPlaceAsLongAsOneOfItsWaits) {
  const GrantedSeat seat = acquire_timed(sari, kantor, 1h);
  const WaitId first = wait(budi, {kantor});
  advance(10s);
  const WaitId second = wait(budi, {kantor});
  settle_after(20s);
  EXPECT_EQ(told(), Told{"wait_ended budi lapsed"});
  EXPECT_EQ(events[0].wait, first);
  EXPECT_TRUE(locks.places.at(0).passed_over);
  renew_wait(budi, second);
  release(seat);
  EXPECT_TRUE(is_offered(second));
}

TEST_F(Line, PassesAPlaceOverOnceItsFreshWaitHasLeft) {
  acquire_timed(sari, kantor, 1h);
  wait(budi, {kantor});
  advance(10s);
  const WaitId fresh = wait(budi, {kantor});
  advance(6s);
  EXPECT_FALSE(locks.places.at(0).passed_over);
  step(Leave{fresh});
  EXPECT_TRUE(locks.places.at(0).passed_over);
}

TEST_F(Line, LeavesTheTurnToTheWaitThatWasThereFirst) {
  const GrantedSeat seat = acquire(sari, kantor);
  const WaitId first = wait(budi, {kantor});
  release(seat);
  const Waiting second = expect<Waiting>(step(asking_in_line(budi, {kantor})));
  EXPECT_TRUE(second.offered);
  expect<Granted>(renew_wait(budi, first));
}

TEST_F(Line, TellsAtItsTurnThatTheAgentsOwnSessionIsInTheWay) {
  add_server(gudang);
  const GrantedSeat seat = acquire_timed(sari, kantor, 1h);
  const GrantedSeat other = acquire_timed(dewi, gudang, 1h);
  const WaitId both = wait(budi, {kantor, gudang});
  const WaitId one = wait(budi, {kantor});
  release(other);
  release(seat);
  expect<Granted>(renew_wait(budi, both));
  EXPECT_TRUE(is_offered(one));
  expect<OwnSession>(renew_wait(budi, one));
  EXPECT_EQ(told(), Told{"wait_ended budi own_session"});
  EXPECT_TRUE(locks.places.empty());
}

TEST_F(Line, TellsAtItsTurnThatTheAgentDoesNotWantToShare) {
  add_server(gudang, {.server = {}, .logins = 0});
  const GrantedSeat seat = acquire_timed(sari, gudang, 1h);
  const GrantedSeat here = acquire_timed(dewi, kantor, 1h);
  const WaitId both = wait(budi, {kantor, gudang});
  const WaitId one = wait(budi, {gudang});
  release(here);
  release(seat);
  expect<Granted>(renew_wait(budi, both));
  Acquire exclusive = asking_in_line(budi, {});
  exclusive.in_line = one;
  exclusive.exclusive = true;
  expect<NotExclusive>(step(exclusive));
  EXPECT_EQ(told(), Told{"wait_ended budi not_exclusive"});
}

TEST_F(Line, IsNotForOthersWaits) {
  acquire(sari, kantor);
  const WaitId waiting = wait(budi, {kantor});
  expect<NoSuchWait>(renew_wait(dewi, waiting));
}

TEST_F(Line, OffersAgainInOrderWhenTheLeaseThatAnOfferCountedOnEnds) {
  add_server(gudang);
  const GrantedSeat here = acquire_timed(budi, kantor, 1h);
  const GrantedSeat there = acquire_timed(sari, gudang, 1h);
  const WaitId first = wait(dewi, {kantor});
  const WaitId both = wait(budi, {kantor, gudang});
  release(there);
  EXPECT_TRUE(is_offered(both));
  release(here);
  EXPECT_EQ(told(), (Told{"released budi", "offer_withdrawn budi", "ended budi", "offered dewi"}));
  EXPECT_TRUE(is_offered(first));
  EXPECT_FALSE(is_offered(both));
  EXPECT_EQ(locks.places.back().offer, Deadline{});
}

TEST_F(Line, MovesUpWhenASeatIsAdded) {
  acquire(sari, kantor);
  const WaitId first = wait(budi, {kantor});
  const WaitId second = wait(dewi, {kantor});
  add_server(kantor, {.server = {}, .seats = 2});
  EXPECT_TRUE(is_offered(first));
  EXPECT_FALSE(is_offered(second));
}

TEST_F(Line, HoldsOffersForTheShortestOfItsServersTimes) {
  add_server(gudang, {.server = {}, .offer_time = 7s});
  const GrantedSeat seat = acquire_timed(sari, gudang, 1h);
  wait(budi, {kantor, gudang});
  release(seat);
  EXPECT_EQ(locks.places.at(0).offer, (Deadline{now.boot + 7s, 7s}));
}

}  // namespace
}  // namespace gilir::test
