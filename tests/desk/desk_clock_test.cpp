#include "tests/desk/desk_fixture.h"

namespace gilir {
namespace {

using DeskClock = DeskTest;

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
  expect_error(ErrorCode::past_boot, [&] { perform(ListReporters{}); });
  clock_.pretend_boot("second boot");
  EXPECT_EQ(reporters(), 1U);
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
