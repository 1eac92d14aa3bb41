#include "core/operations/desk/check.h"
#include "core/operations/desk/repair.h"
#include "core/operations/desk/tick.h"
#include "core/operations/lock/renew.h"
#include "core/operations/ticket/postpone.h"
#include "core/operations/ticket/show.h"
#include "tests/desk/desk_fixture.h"

namespace gilir {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class DeskClock : public DeskTest {
 protected:
  // Years before, as a machine without a battery believes until NTP has told it.
  static constexpr WallTime in_1970{minutes{1}};

  // A desk that was made when the clock showed that.
  void make_again(WallTime wall) {
    desk_.reset();
    std::filesystem::remove_all(path());
    clock_.set_wall(wall);
    LocalDesk::make({path(), nullptr}, clock_, {"test desk", AgentName{"ani"}});
    open();
  }
  WallTime last_entry() { return log().back().at; }
  Milliseconds ahead() { return perform(CheckDesk{}).clock.ahead; }
  TicketNumber put_aside(Milliseconds time) {
    const auto number = file_ticket("printer").number;
    perform(PostponeTicket{.number = number, .after_s = time});
    return number;
  }
  TicketStatus status(TicketNumber number) { return perform(ShowTicket{number}).status; }
};

TEST_F(DeskClock, NeverGoesBackWhenTheWallClockIsSetBack) {
  perform(reporter("Budi"));
  clock_.set_wall(WallTime{Seconds{1}});
  perform(reporter("Siti"));
  const auto events = log();
  EXPECT_GE(events.back().at, events[events.size() - 2].at);
}

TEST_F(DeskClock, AHoldOutlastsAWallClockThatIsSetForward) {
  add_server("kantor-123");
  acquire("kantor-123");
  clock_.set_wall(clock_.now().wall + std::chrono::hours{24});
  EXPECT_EQ(lock("kantor-123").seats_free, 0);
}

TEST_F(DeskClock, DeadlinesStartAgainWithTheirFullTermAfterAReboot) {
  add_server("kantor-123");
  acquire("kantor-123");
  clock_.advance(std::chrono::minutes{9});
  clock_.reboot("second boot");
  perform(reporter("Budi"));
  const auto held = lock("kantor-123");
  ASSERT_EQ(held.holders.size(), 1U);
  EXPECT_EQ(held.holders.front().expires_in_s, std::chrono::minutes{10});
  clock_.advance(std::chrono::minutes{11});
  EXPECT_EQ(lock("kantor-123").seats_free, 1);
}

TEST_F(DeskClock, AProcessOfAPastBootIsRefused) {
  clock_.reboot("second boot");
  perform(reporter("Budi"));
  clock_.pretend_boot("first boot");
  expect_error(ErrorCode::past_boot, [&] { perform(reporter("Siti")); });
  // Whoever only looks is not refused.
  EXPECT_EQ(reporters(), 1U);
  clock_.pretend_boot("second boot");
  EXPECT_EQ(reporters(), 1U);
}

TEST_F(DeskClock, ABootThatCannotBeToldIsAnErrorOfThatOneChange) {
  clock_.pretend_boot("");
  const auto error = thrown_by([&] { perform(reporter("Budi")); });
  EXPECT_EQ(error.code(), ErrorCode::unreachable);
  EXPECT_EQ(reporters(), 0U);
  clock_.pretend_boot("first boot");
  perform(reporter("Budi"));
  EXPECT_EQ(reporters(), 1U);
}

TEST_F(DeskClock, ADeskThatAnUnknownBootWasStoredInGoesOn) {
  // What an older gilir left when it could not read the boot.
  store::Connection(store::ConnectionOptions{path() + "/desk.db"})
      .script("INSERT INTO past_boot VALUES ('first boot'); UPDATE desk_clock SET boot_identity = '+0'");
  perform(reporter("Budi"));
  perform(reporter("Siti"));
  EXPECT_EQ(reporters(), 2U);
}

TEST_F(DeskClock, TimeNamespacesOfOneBootAreOneBoot) {
  add_server("kantor-123");
  clock_.pretend_boot("boot+0");
  acquire("kantor-123");
  clock_.advance(std::chrono::minutes{4});
  clock_.pretend_boot("boot+3600.000000000");
  clock_.advance_boot(std::chrono::hours{1});
  EXPECT_EQ(lock("kantor-123").holders.front().expires_in_s, std::chrono::minutes{6});
  perform(reporter("Budi"));
  clock_.pretend_boot("boot+0");
  clock_.advance_boot(-std::chrono::hours{1});
  perform(reporter("Siti"));
  EXPECT_EQ(lock("kantor-123").holders.front().expires_in_s, std::chrono::minutes{6});
}

TEST_F(DeskClock, ADeskThatCameBackToItsMachineIsRepairedByAnAdmin) {
  add_agent("budi");
  add_server("kantor-123");
  acquire("kantor-123");
  clock_.reboot("another machine");
  perform(reporter("Siti"));
  clock_.pretend_boot("first boot");
  expect_error(ErrorCode::past_boot, [&] { perform(reporter("Wati")); });
  EXPECT_EQ(perform(CheckDesk{}).clock.boot, BootSeen::past);

  expect_error(ErrorCode::not_allowed, [&] { perform(RepairDesk{.machine = true}, "budi"); });
  expect_error(ErrorCode::past_boot, [&] { perform(RepairDesk{.clock = true}); });
  EXPECT_TRUE(perform(RepairDesk{.machine = true}).machine);
  EXPECT_EQ(log().back().kind, "desk.repaired");
  EXPECT_EQ(log().back().actor, AgentName{"ani"});
  EXPECT_EQ(lock("kantor-123").holders.front().expires_in_s, minutes{10});
  perform(reporter("Wati"));
  EXPECT_EQ(perform(CheckDesk{}).clock.boot, BootSeen::same);
  // There the desk is no more.
  clock_.pretend_boot("another machine");
  expect_error(ErrorCode::past_boot, [&] { perform(reporter("Agus")); });
}

TEST_F(DeskClock, ARepairOfWhatIsWellChangesNothing) {
  const auto before = log().size();
  const auto repaired = perform(RepairDesk{.machine = true, .clock = true});
  EXPECT_FALSE(repaired.machine || repaired.clock);
  EXPECT_EQ(log().size(), before);
}

TEST_F(DeskClock, GoesOnByTheBootClockWhenTheWallClockJumps) {
  for (const auto jump : {Milliseconds{hours{1}}, Milliseconds{hours{24 * 3650}}, -Milliseconds{hours{5}}}) {
    const auto right = clock_.now().wall + Seconds{7};
    clock_.advance(Seconds{7});
    clock_.set_wall(right + jump);
    perform(reporter("while it is wrong " + std::to_string(jump.count())));
    EXPECT_EQ(last_entry(), right);
    EXPECT_EQ(ahead(), jump);
    clock_.set_wall(right);
    clock_.advance(minutes{1});
    perform(reporter("when it is right again " + std::to_string(jump.count())));
    EXPECT_EQ(last_entry(), right + minutes{1});
    EXPECT_EQ(ahead(), Milliseconds{0});
  }
}

TEST_F(DeskClock, WhatWasPutAsideWhileTheClockWasWrongComesBackInTime) {
  clock_.set_wall(clock_.now().wall + hours{1});
  const auto number = put_aside(Seconds{2});
  clock_.set_wall(clock_.now().wall - hours{1});
  clock_.advance(Seconds{1});
  EXPECT_EQ(status(number), TicketStatus::postponed);
  clock_.advance(Seconds{1});
  EXPECT_EQ(status(number), TicketStatus::assigned);
}

TEST_F(DeskClock, SmallStepsOfTheWallClockAreItsOwnBusiness) {
  clock_.advance(hours{1});
  clock_.set_wall(clock_.now().wall + Seconds{4});
  perform(reporter("Budi"));
  EXPECT_EQ(last_entry(), clock_.now().wall);
  EXPECT_EQ(ahead(), Milliseconds{0});
}

TEST_F(DeskClock, ADeskOf1970IsSetRightByNtp) {
  const auto now = clock_.now().wall;
  make_again(in_1970);
  add_server("kantor-123");
  acquire("kantor-123");
  const auto number = put_aside(hours{1});
  const auto soon = put_aside(Seconds{2});
  clock_.advance(Seconds{1});
  clock_.synchronise(now);
  // Whoever only looks still sees what is due by the old count.
  EXPECT_EQ(status(number), TicketStatus::postponed);
  EXPECT_GT(perform(CheckDesk{}).clock.moved, hours{1});
  perform(TickDesk{});
  EXPECT_EQ(perform(CheckDesk{}).clock.moved, Milliseconds{0});
  const auto set = log().back();
  EXPECT_EQ(set.kind, "clock.set");
  EXPECT_EQ(set.at, now);
  EXPECT_EQ(set.facts.because, "synchronised");
  EXPECT_EQ(set.facts.moved_s, std::chrono::duration_cast<Seconds>(now - in_1970 - Seconds{1}).count());
  EXPECT_EQ(lock("kantor-123").seats_free, 0);
  EXPECT_EQ(lock("kantor-123").holders.front().since, now - Seconds{1});
  EXPECT_EQ(status(soon), TicketStatus::postponed);
  clock_.advance(Seconds{1});
  EXPECT_EQ(status(soon), TicketStatus::assigned);
  EXPECT_EQ(status(number), TicketStatus::postponed);
  clock_.advance(hours{1});
  EXPECT_EQ(status(number), TicketStatus::assigned);
}

TEST_F(DeskClock, ADeskOfAFarFutureIsSetRightByNtp) {
  const auto now = clock_.now().wall;
  make_again(now + hours{24 * 3650});
  const auto number = put_aside(Seconds{2});
  clock_.synchronise(now);
  perform(reporter("Budi"));
  EXPECT_EQ(last_entry(), now);
  clock_.advance(Seconds{2});
  EXPECT_EQ(status(number), TicketStatus::assigned);
}

TEST_F(DeskClock, RenewalsGoOnWhateverTheWallClockDoes) {
  add_server("kantor-123");
  AcquireLock kept = timed_hold("kantor-123");
  kept.kind = HoldKind::kept;
  const auto lease = perform(kept).leases.front();
  const KeepHolds renewal{{{ServerName{"kantor-123"}, lease.hold, lease.lease, lease.token}}};
  for (const auto wall : {in_1970, clock_.now().wall + hours{24 * 3650}, clock_.now().wall}) {
    clock_.advance(Seconds{20});
    clock_.set_wall(wall);
    EXPECT_EQ(perform(renewal).holds.size(), 1U);
  }
  clock_.advance(Seconds{20});
  clock_.synchronise(clock_.now().wall + hours{3});
  EXPECT_EQ(perform(renewal).holds.size(), 1U);
  EXPECT_EQ(lock("kantor-123").seats_free, 0);
}

TEST_F(DeskClock, AnAdminVouchesForAClockThatNobodySynchronises) {
  add_agent("budi");
  const auto number = put_aside(Seconds{2});
  clock_.set_wall(clock_.now().wall + hours{1});
  expect_error(ErrorCode::not_allowed, [&] { perform(RepairDesk{.clock = true}, "budi"); });
  const auto repaired = perform(RepairDesk{.clock = true});
  EXPECT_TRUE(repaired.clock);
  EXPECT_EQ(repaired.moved_s, 3600);
  EXPECT_EQ(log().back().kind, "clock.set");
  EXPECT_EQ(log().back().facts.because, "vouched");
  EXPECT_EQ(last_entry(), clock_.now().wall);
  EXPECT_EQ(ahead(), Milliseconds{0});
  clock_.advance(Seconds{1});
  EXPECT_EQ(status(number), TicketStatus::postponed);
  clock_.advance(Seconds{1});
  EXPECT_EQ(status(number), TicketStatus::assigned);
}

TEST_F(DeskClock, ATimeThatSomebodyNamedStaysWhenTheClockIsPutRight) {
  const auto wrong = clock_.now().wall;
  const auto right = wrong + hours{1};
  const auto later = put_aside(minutes{90});
  const auto named = file_ticket("mail arrives twice").number;
  perform(PostponeTicket{.number = named, .until = right + minutes{90}});
  const auto changed = file_ticket("door squeaks").number;
  perform(PostponeTicket{.number = changed, .until = right + minutes{90}});
  perform(PostponeTicket{.number = changed, .after_s = minutes{90}});
  clock_.set_wall(right);
  perform(RepairDesk{.clock = true});
  for (const auto number : {later, named, changed})
    EXPECT_EQ(perform(ShowTicket{number}).postponed_until, right + minutes{90}) << number.value;
}

TEST_F(DeskClock, AStartOfTheMachineWithTheClockOf1970GoesOnFromTheLastChange) {
  perform(reporter("Budi"));
  const auto last = last_entry();
  clock_.reboot("second boot");
  clock_.set_wall(in_1970);
  perform(reporter("Siti"));
  EXPECT_EQ(last_entry(), last);
  clock_.advance(minutes{3});
  perform(reporter("Wati"));
  EXPECT_EQ(last_entry(), last + minutes{3});
  const auto number = put_aside(minutes{1});
  clock_.synchronise(last + hours{10});
  perform(reporter("Agus"));
  EXPECT_EQ(last_entry(), last + hours{10});
  EXPECT_EQ(status(number), TicketStatus::postponed);
  clock_.advance(minutes{1});
  EXPECT_EQ(status(number), TicketStatus::assigned);
}

TEST_F(DeskClock, ADeskThatIsCopiedToAMachineThatRanForLongKeepsTheTimeOfDay) {
  perform(reporter("Budi"));
  clock_.advance(minutes{5});
  clock_.reboot("another machine");
  clock_.advance_boot(hours{24 * 300});
  perform(reporter("Siti"));
  EXPECT_EQ(last_entry(), clock_.now().wall);
}

TEST_F(DeskClock, ADryRunUnderANewBootDoesNotEndTheOldOne) {
  clock_.reboot("second boot");
  try_out(reporter("Budi"));
  clock_.pretend_boot("first boot");
  perform(reporter("Siti"));
  EXPECT_EQ(reporters(), 1U);
}

}  // namespace
}  // namespace gilir
