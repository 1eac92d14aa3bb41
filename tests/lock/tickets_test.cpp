#include "tests/lock/lock_fixture.h"

namespace gilir::test {
namespace {

class Tickets : public LockTest {
 protected:
  void SetUp() override {
    add_server(kantor);
    add_server(gudang);
  }
  void merge(int source, int target) { step(TicketMerged{TicketNumber{source}, TicketNumber{target}}); }
  void finish(int ticket) { step(TicketFinished{TicketNumber{ticket}}); }
};

TEST_F(Tickets, TakeTheirHoldsAlongWhenMerged) {
  const GrantedSeat seat = acquire(sari, kantor, 42);
  acquire(budi, gudang, 7);
  merge(42, 41);
  EXPECT_EQ(told(), Told{"moved sari"});
  EXPECT_EQ(events[0].hold, seat.hold);
  EXPECT_EQ(events[0].hold_kind, HoldKind::kept);
  EXPECT_EQ(events[0].token, seat.token);
  EXPECT_EQ(events[0].ticket, TicketNumber{42});
  EXPECT_EQ(events[0].into, TicketNumber{41});
  EXPECT_EQ(locks.holds[0].ticket, TicketNumber{41});
  EXPECT_EQ(locks.holds[1].ticket, TicketNumber{7});
}

TEST_F(Tickets, EndTheWaitOfWhoWouldFollowTheTargetsHolder) {
  acquire(sari, kantor, 41);
  const WaitId waiting = wait(budi, {kantor}, 42);
  merge(42, 41);
  EXPECT_EQ(told(), Told{"wait_ended budi merged"});
  EXPECT_EQ(events[0].ticket, TicketNumber{42});
  EXPECT_EQ(events[0].into, TicketNumber{41});
  expect<NoSuchWait>(renew_wait(budi, waiting));
}

TEST_F(Tickets, EndTheWaitOfWhoseTwinIsHeldAlready) {
  acquire(sari, kantor, 42);
  wait(budi, {kantor}, 42);
  merge(42, 41);
  EXPECT_EQ(told(), (Told{"moved sari", "wait_ended budi merged"}));
}

TEST_F(Tickets, EndTheWaitBehindAnotherForTheTarget) {
  acquire(sari, kantor, 7);
  wait(budi, {kantor}, 41);
  wait(dewi, {kantor}, 42);
  merge(42, 41);
  EXPECT_EQ(told(), Told{"wait_ended dewi merged"});
}

TEST_F(Tickets, TakeAWaitAlongWhenNobodyIsBeforeItForTheTarget) {
  acquire(sari, kantor, 7);
  const WaitId first = wait(budi, {kantor}, 42);
  wait(dewi, {kantor}, 41);
  merge(42, 41);
  EXPECT_EQ(told(), Told{"moved budi"});
  EXPECT_EQ(events[0].wait, first);
  EXPECT_EQ(events[0].into, TicketNumber{41});
  EXPECT_EQ(locks.waits.at(0).ticket, TicketNumber{41});
  EXPECT_EQ(expect<Waiting>(renew_wait(budi, first)).positions.at(0).position, 1);
}

TEST_F(Tickets, KeepTheEarlierOfTwoWaitsForTheSource) {
  acquire(sari, kantor, 7);
  wait(budi, {kantor}, 42);
  wait(dewi, {kantor}, 42);
  merge(42, 41);
  EXPECT_EQ(told(), (Told{"moved budi", "wait_ended dewi merged"}));
}

TEST_F(Tickets, DoNotEndAWaitForWhatIsHeldElsewhere) {
  acquire(tono, kantor, 7);
  acquire(sari, gudang, 41);
  wait(dewi, {gudang}, 41);
  wait(budi, {kantor}, 42);
  merge(42, 41);
  EXPECT_EQ(told(), Told{"moved budi"});
}

TEST_F(Tickets, DoNotEndAWaitBecauseOfItsOwnAgent) {
  acquire(budi, gudang, 41);
  acquire(sari, kantor, 7);
  wait(budi, {kantor}, 41);
  wait(budi, {kantor}, 42);
  merge(42, 41);
  EXPECT_EQ(told(), Told{"moved budi"});
}

TEST_F(Tickets, EndOnlyTheWaitThatIsForThem) {
  acquire(sari, kantor, 41);
  const WaitId stays = wait(budi, {kantor}, 7);
  wait(budi, {kantor}, 42);
  merge(42, 41);
  EXPECT_EQ(told(), Told{"wait_ended budi merged"});
  expect<Waiting>(renew_wait(budi, stays));
}

TEST_F(Tickets, FreeTheOfferOfAWaitThatEnds) {
  const GrantedSeat seat = acquire(sari, kantor, 7);
  wait(budi, {kantor}, 42);
  const WaitId next = wait(dewi, {kantor}, 8);
  release(seat);
  finish(42);
  EXPECT_EQ(told(), (Told{"wait_ended budi resolved", "offered dewi"}));
  EXPECT_TRUE(is_offered(next));
}

TEST_F(Tickets, EndWaitsButNeverHoldsWhenFinished) {
  const GrantedSeat seat = acquire(sari, kantor, 41);
  wait(budi, {kantor}, 41);
  finish(41);
  EXPECT_EQ(told(), Told{"wait_ended budi resolved"});
  expect<Renewed>(renew(seat));
}

TEST_F(Tickets, AreTakenFromTheLineWhenAnOfferIsTakenUp) {
  const GrantedSeat seat = acquire(sari, kantor, 7);
  const WaitId waiting = wait(budi, {kantor}, 42);
  merge(42, 41);
  release(seat);
  expect<Granted>(renew_wait(budi, waiting));
  EXPECT_EQ(locks.holds.at(0).ticket, TicketNumber{41});
}

TEST_F(Tickets, GetTheirHoldsAndWaitsBackWhenTheMergeIsTakenBack) {
  const GrantedSeat seat = acquire(sari, kantor, 42);
  acquire(dewi, gudang, 7);
  const WaitId waiting = wait(budi, {gudang}, 42);
  merge(42, 41);
  step(TicketUnmerged{TicketNumber{42}, TicketNumber{41}, {seat.hold}, {waiting}});
  EXPECT_EQ(told(), (Told{"moved sari", "moved budi"}));
  EXPECT_EQ(events[0].ticket, TicketNumber{41});
  EXPECT_EQ(events[0].into, TicketNumber{42});
  EXPECT_EQ(locks.holds[0].ticket, TicketNumber{42});
  EXPECT_EQ(locks.waits[0].ticket, TicketNumber{42});
}

TEST_F(Tickets, KeepHoldsThatTheMergeDidNotMoveOrThatWentOnSince) {
  const GrantedSeat seat = acquire(sari, kantor, 42);
  acquire(budi, gudang, 41);
  merge(42, 41);
  merge(41, 40);
  step(TicketUnmerged{TicketNumber{42}, TicketNumber{41}, {seat.hold}, {}});
  EXPECT_EQ(told(), Told{});
  step(TicketUnmerged{TicketNumber{42}, TicketNumber{40}, {seat.hold}, {}});
  EXPECT_EQ(locks.holds[0].ticket, TicketNumber{42});
  EXPECT_EQ(locks.holds[1].ticket, TicketNumber{40});
}

}  // namespace
}  // namespace gilir::test
