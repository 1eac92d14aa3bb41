#include "tests/lock/lock_fixture.h"

namespace gilir::test {
namespace {

using Servers = LockTest;

TEST_F(Servers, KeepTheirLastTokenWhenTheyAreChanged) {
  add_server(kantor);
  const GrantedSeat seat = acquire(sari, kantor);
  release(seat);
  now.wall -= 10h;
  add_server(kantor, {.server = {}, .seats = 2});
  EXPECT_GT(acquire(sari, kantor).token, seat.token);
  add_server(kantor, {.server = {}, .last_token = Token{seat.token.value + 100}});
  EXPECT_EQ(locks.servers[0].last_token.value, seat.token.value + 100);
}

TEST_F(Servers, AreInOrderOfName) {
  add_server(pusat);
  add_server(gudang);
  add_server(kantor);
  EXPECT_EQ(locks.servers[0].server, gudang);
  EXPECT_EQ(locks.servers[1].server, kantor);
  EXPECT_EQ(locks.servers[2].server, pusat);
}

TEST_F(Servers, TakeTheLatestOfferBackWhenTheyLoseASeat) {
  add_server(kantor, {.server = {}, .seats = 2});
  const GrantedSeat first = acquire_timed(sari, kantor, 1h);
  const GrantedSeat second = acquire_timed(tono, kantor, 1h);
  const WaitId earlier = wait(budi, {kantor});
  const WaitId later = wait(dewi, {kantor});
  release(first);
  release(second);
  EXPECT_TRUE(is_offered(later));
  add_server(kantor);
  EXPECT_EQ(told(), Told{"offer_withdrawn dewi"});
  EXPECT_TRUE(is_offered(earlier));
  EXPECT_FALSE(is_offered(later));
  expect<Waiting>(renew_wait(dewi, later));
}

TEST_F(Servers, PassOverASilentWaiterWhoseOfferTheyTakeBack) {
  add_server(kantor, {.server = {}, .seats = 2});
  const GrantedSeat first = acquire_timed(sari, kantor, 1h);
  acquire_timed(tono, kantor, 1h);
  wait(budi, {kantor});
  release(first);
  settle_after(15s);
  EXPECT_FALSE(locks.places.at(0).passed_over);
  add_server(kantor);
  EXPECT_EQ(told(), Told{"offer_withdrawn budi"});
  EXPECT_TRUE(locks.places.at(0).passed_over);
}

TEST_F(Servers, EndNoHoldWhenTheyLoseASeat) {
  add_server(kantor, {.server = {}, .seats = 2});
  const GrantedSeat first = acquire(sari, kantor);
  const GrantedSeat second = acquire(budi, kantor);
  seats_may_be_short = true;
  add_server(kantor);
  EXPECT_TRUE(events.empty());
  EXPECT_EQ(seats_available(locks, kantor), -1);
  release(first);
  expect<HeldByOthers>(step(asking(dewi, {kantor})));
  release(second);
  acquire(dewi, kantor);
}

TEST_F(Servers, AreNotRemovedWhileHeldOrEnding) {
  add_server(kantor);
  const GrantedSeat seat = acquire(sari, kantor);
  EXPECT_EQ(expect<InUse>(step(RemoveServer{kantor})).server, kantor);
  settle_after(60s);
  expect<InUse>(step(RemoveServer{kantor}));
  release(seat);
  expect<Applied>(step(RemoveServer{kantor}));
  EXPECT_TRUE(locks.servers.empty());
  EXPECT_THROW(step(RemoveServer{kantor}), Error);
}

TEST_F(Servers, EndTheirWaitsWhenTheyAreRemoved) {
  add_server(kantor);
  add_server(gudang);
  acquire(sari, gudang);
  wait(budi, {kantor, gudang});
  const WaitId stays = wait(dewi, {gudang});
  expect<Applied>(step(RemoveServer{kantor}));
  EXPECT_EQ(told(), Told{"wait_ended budi server_removed"});
  EXPECT_EQ(expect<Waiting>(renew_wait(dewi, stays)).positions.at(0).position, 1);
}

TEST_F(Servers, StartEveryDeadlineAgainAfterAReboot) {
  add_server(kantor);
  add_server(gudang, {.server = {}, .seats = 2});
  add_server(pusat, {.server = {}, .lock_delay = 60s});
  const GrantedSeat kept = acquire(sari, kantor);
  acquire_timed(budi, gudang, 10min);
  acquire(tono, pusat);
  wait(dewi, {kantor});
  settle_after(61s);
  ASSERT_EQ(locks.unclosed.size(), 2u);
  acquire(sari, gudang);
  const WaitId second = wait(tono, {gudang});
  settle_after(16s);
  ASSERT_TRUE(locks.places.back().passed_over);
  now.boot = BootTime{5s};
  step(Reboot{});
  EXPECT_TRUE(events.empty());
  EXPECT_EQ(locks.clock, now.boot);
  EXPECT_EQ(locks.holds[0].deadline, (Deadline{now.boot + 10min, 10min}));
  EXPECT_EQ(locks.holds[1].deadline, (Deadline{now.boot + 60s, 60s}));
  EXPECT_EQ(locks.unclosed[0].until, (Deadline{now.boot + 30s, 30s}));
  EXPECT_EQ(row_of(locks.waits, &Wait::wait, second).deadline, (Deadline{now.boot + 30s, 30s}));
  EXPECT_FALSE(locks.places.back().passed_over);
  expect<Lost>(renew(kept));
}

TEST_F(Servers, StartOffersAgainAfterAReboot) {
  add_server(kantor);
  const GrantedSeat seat = acquire(sari, kantor);
  wait(budi, {kantor});
  release(seat);
  now.boot = BootTime{5s};
  step(Reboot{});
  EXPECT_EQ(locks.places.at(0).offer, (Deadline{now.boot + 30s, 30s}));
}

}  // namespace
}  // namespace gilir::test
