#include "tests/lock/lock_fixture.h"

namespace gilir::test {
namespace {

class Deadlock : public LockTest {
 protected:
  void SetUp() override {
    add_server(kantor);
    add_server(gudang);
    add_server(pusat);
  }

  // "agent>other@server because" of each link.
  static std::vector<std::string> links(const DeadlockRefused& refused) {
    std::vector<std::string> lines;
    for (const CircleLink& link : refused.circle) {
      lines.push_back(link.agent.value + ">" + link.other.value + "@" + link.server.value + " " +
                      std::string(enum_name(link.because)));
    }
    return lines;
  }
};

TEST_F(Deadlock, OfTwoIsRefusedNamingTheCircle) {
  acquire(sari, kantor);
  acquire(budi, gudang);
  wait(sari, {gudang});
  const Locks before = locks;
  const DeadlockRefused refused = expect<DeadlockRefused>(step(asking_in_line(budi, {kantor})));
  EXPECT_EQ(links(refused), (Told{"budi>sari@kantor-123 holds", "sari>budi@gudang-7 holds"}));
  EXPECT_EQ(locks, before);
  EXPECT_TRUE(events.empty());
}

TEST_F(Deadlock, OfThreeIsRefusedNamingTheCircle) {
  acquire(sari, kantor);
  acquire(budi, gudang);
  acquire(dewi, pusat);
  wait(sari, {gudang});
  wait(budi, {pusat});
  const DeadlockRefused refused = expect<DeadlockRefused>(step(asking_in_line(dewi, {kantor})));
  EXPECT_EQ(links(refused),
            (Told{"dewi>sari@kantor-123 holds", "sari>budi@gudang-7 holds", "budi>dewi@pusat-1 holds"}));
}

TEST_F(Deadlock, LeavesAPlaceThatIsPassedOverAsItIs) {
  acquire(sari, kantor);
  acquire(budi, gudang);
  wait(budi, {kantor});
  settle_after(20s);
  wait(sari, {gudang});
  const Locks before = locks;
  expect<DeadlockRefused>(step(asking_in_line(budi, {kantor})));
  EXPECT_EQ(locks, before);
}

TEST_F(Deadlock, IsSeenBehindAPlaceThatIsPassedOver) {
  acquire(dewi, pusat);
  wait(tono, {pusat});
  settle_after(20s);
  acquire(sari, kantor);
  acquire(budi, gudang);
  wait(sari, {gudang});
  expect<DeadlockRefused>(step(asking_in_line(budi, {kantor})));
}

TEST_F(Deadlock, IsNotSeenWhereTheHolderWaitsForNothing) {
  acquire(sari, kantor);
  acquire(budi, gudang);
  wait(sari, {gudang});
  wait(dewi, {kantor});
  wait(tono, {kantor, gudang});
}

TEST_F(Deadlock, NeedsEverySeatOfAServer) {
  add_server(kantor, {.server = {}, .seats = 2});
  acquire(sari, kantor);
  acquire(dewi, kantor);
  acquire(budi, gudang);
  wait(sari, {gudang});
  const WaitId waiting = wait(budi, {kantor});
  expect<DeadlockRefused>(step(asking_in_line(dewi, {gudang})));
  step(Leave{waiting});
  wait(dewi, {gudang});
  expect<DeadlockRefused>(step(asking_in_line(budi, {kantor})));
}

TEST_F(Deadlock, IsNotSeenWhereOneOfTheSeatsComesFreeInTime) {
  add_server(gudang, {.server = {}, .seats = 2});
  acquire(sari, kantor);
  acquire(budi, gudang);
  acquire(dewi, gudang);
  acquire(tono, pusat);
  wait(budi, {kantor});
  wait(dewi, {pusat});
  wait(sari, {gudang});
}

TEST_F(Deadlock, ThroughTheLineIsSeen) {
  // dewi leaves kantor some day; then budi, first in line, has it and waits for sari's gudang.
  acquire(dewi, kantor);
  acquire(sari, gudang);
  wait(budi, {kantor});
  wait(budi, {gudang});
  const DeadlockRefused refused = expect<DeadlockRefused>(step(asking_in_line(sari, {kantor})));
  EXPECT_EQ(links(refused), (Told{"sari>budi@kantor-123 waits", "budi>sari@gudang-7 holds"}));
}

TEST_F(Deadlock, ThroughASeatKeptBackIsSeen) {
  acquire(sari, gudang);
  acquire(dewi, kantor);
  wait(budi, {kantor, gudang});
  const DeadlockRefused refused = expect<DeadlockRefused>(step(asking_in_line(sari, {kantor})));
  EXPECT_EQ(links(refused), (Told{"sari>budi@kantor-123 waits", "budi>sari@gudang-7 holds"}));
}

TEST_F(Deadlock, IsNotSeenInAPlaceBehindTheWaiters) {
  acquire(dewi, kantor);
  acquire(sari, gudang);
  wait(sari, {kantor});
  wait(budi, {kantor, gudang});
}

TEST_F(Deadlock, ThroughAnOfferIsSeen) {
  const GrantedSeat seat = acquire_timed(dewi, kantor, 1h);
  acquire(sari, gudang);
  wait(budi, {gudang});
  wait(budi, {kantor});
  release(seat);
  const DeadlockRefused refused = expect<DeadlockRefused>(step(asking_in_line(sari, {kantor})));
  EXPECT_EQ(links(refused), (Told{"sari>budi@kantor-123 offered", "budi>sari@gudang-7 holds"}));
}

TEST_F(Deadlock, IsNotSeenThroughAnEndingSeat) {
  acquire(sari, kantor);
  advance(30s);
  acquire_timed(budi, gudang, 1h);
  settle_after(30s);
  wait(sari, {gudang});
  wait(budi, {kantor});
}

TEST_F(Deadlock, IsNotSeenThroughASilentWaiter) {
  acquire_timed(sari, kantor, 1h);
  acquire_timed(budi, gudang, 1h);
  const WaitId silent = wait(sari, {gudang});
  settle_after(16s);
  const WaitId other = wait(budi, {kantor});
  const DeadlockRefused refused = expect<DeadlockRefused>(renew_wait(sari, silent));
  EXPECT_EQ(links(refused), (Told{"sari>budi@gudang-7 holds", "budi>sari@kantor-123 holds"}));
  EXPECT_EQ(told(), Told{"wait_ended sari deadlock"});
  expect<Waiting>(renew_wait(budi, other));
}

TEST_F(Deadlock, ThatFewerSeatsMakeEndsTheWaitThatIsRenewedFirst) {
  add_server(kantor, {.server = {}, .seats = 2});
  acquire_timed(sari, kantor, 1h);
  acquire_timed(dewi, kantor, 1h);
  acquire_timed(budi, gudang, 1h);
  const WaitId first = wait(sari, {gudang});
  const WaitId second = wait(budi, {kantor});
  seats_may_be_short = true;
  add_server(kantor);
  expect<DeadlockRefused>(renew_wait(budi, second));
  expect<Waiting>(renew_wait(sari, first));
}

TEST_F(Deadlock, OfOthersEndsTheirWaitsAndNotThatOfWhoWaitsBehindThem) {
  add_server(kantor, {.server = {}, .seats = 2});
  acquire_timed(sari, kantor, 1h);
  acquire_timed(dewi, kantor, 1h);
  acquire_timed(budi, gudang, 1h);
  const WaitId first = wait(sari, {gudang});
  wait(budi, {kantor});
  seats_may_be_short = true;
  add_server(kantor);
  const WaitId behind = wait(tono, {gudang});
  expect<DeadlockRefused>(renew_wait(sari, first));
  expect<Waiting>(renew_wait(tono, behind));
}

TEST_F(Deadlock, IsNotSeenInTwoPlacesOfOneAgent) {
  acquire(sari, kantor);
  acquire(sari, gudang);
  wait(budi, {kantor, gudang});
  wait(budi, {kantor});
  wait(budi, {gudang});
  wait(dewi, {gudang, kantor});
}

TEST_F(Deadlock, IsNotMadeByAskingAgainFromAnotherProcess) {
  acquire(sari, kantor);
  wait(budi, {kantor});
  wait(budi, {kantor});
}

TEST_F(Deadlock, RefusalOfASecondProcessLeavesTheFirstsPlace) {
  add_server(kantor, {.server = {}, .seats = 2});
  acquire_timed(sari, kantor, 1h);
  acquire_timed(dewi, kantor, 1h);
  acquire_timed(budi, gudang, 1h);
  wait(sari, {gudang});
  const WaitId first = wait(budi, {kantor});
  seats_may_be_short = true;
  add_server(kantor);
  const Locks before = locks;
  expect<DeadlockRefused>(step(asking_in_line(budi, {kantor})));
  EXPECT_EQ(locks, before);
  EXPECT_TRUE(find_row(locks.waits, &Wait::wait, first));
}

}  // namespace
}  // namespace gilir::test
