#include "core/operations/lock/release.h"
#include "core/operations/lock/wait.h"
#include "core/operations/server/remove.h"
#include "tests/desk/desk_fixture.h"

namespace gilir {
namespace {

using Replay = DeskTest;

TEST_F(Replay, TheSameRequestHasOneEffectAndOneAnswer) {
  const auto first = repeatable("r1", reporter("Budi"));
  const auto second = repeatable("r1", reporter("Budi"));
  EXPECT_FALSE(first.replayed);
  EXPECT_TRUE(second.replayed);
  EXPECT_EQ(second.result.id, first.result.id);
  EXPECT_EQ(second.result.name, "Budi");
  EXPECT_EQ(reporters(), 1U);
}

TEST_F(Replay, HoldsAcrossProcesses) {
  repeatable("r1", reporter("Budi"));
  open();
  EXPECT_TRUE(repeatable("r1", reporter("Budi")).replayed);
}

TEST_F(Replay, AnotherPayloadUnderTheSameIdIsRefused) {
  repeatable("r1", reporter("Budi"));
  const auto error = thrown_by([&] { repeatable("r1", reporter("Siti")); });
  EXPECT_EQ(error.code(), ErrorCode::request_reused);
  EXPECT_EQ(error.text("request_id"), "r1");
  EXPECT_EQ(reporters(), 1U);
}

TEST_F(Replay, AnotherOperationUnderTheSameIdIsRefused) {
  repeatable("r1", reporter("Budi"));
  expect_error(ErrorCode::request_reused, [&] { repeatable("r1", LeaveDesk{}); });
}

TEST_F(Replay, AnIdBelongsToItsCaller) {
  add_agent("budi");
  repeatable("r1", reporter("Budi"), "ani");
  EXPECT_FALSE(repeatable("r1", reporter("Siti"), "budi").replayed);
}

TEST_F(Replay, RefusalsAreNotKept) {
  add_server("kantor-123");
  AddServer again;
  again.name = ServerName{"kantor-123"};
  again.host = "127.0.0.1";
  expect_error(ErrorCode::exists, [&] { repeatable("r1", again); });
  perform(ForgetServer{ServerName{"kantor-123"}});
  EXPECT_FALSE(repeatable("r1", again).replayed);
}

TEST_F(Replay, IdsAreForgottenAfterADay) {
  repeatable("r1", reporter("Budi"));
  clock_.advance(std::chrono::hours{25});
  repeatable("r2", reporter("Siti"));
  const auto error = thrown_by([&] { repeatable("r1", reporter("Budi")); });
  EXPECT_EQ(error.code(), ErrorCode::exists);
}

TEST_F(Replay, AFilingIsKeptForEver) {
  NewTicket operation;
  operation.title = "printer smokes";
  const auto first = repeatable("r1", operation);
  clock_.advance(std::chrono::hours{24 * 400});
  repeatable("r2", reporter("Budi"));
  const auto again = repeatable("r1", operation);
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(again.result.number, first.result.number);
}

TEST_F(Replay, AGrantIsAnsweredFromTheLeaseAsItStands) {
  add_server("kantor-123");
  const auto first = repeatable("r1", timed_hold("kantor-123")).result.leases.front();
  clock_.advance(std::chrono::minutes{4});
  const auto again = repeatable("r1", timed_hold("kantor-123"));
  EXPECT_TRUE(again.replayed);
  const auto& lease = again.result.leases.front();
  EXPECT_EQ(lease.lease, first.lease);
  EXPECT_EQ(lease.hold, first.hold);
  EXPECT_EQ(lease.token, first.token);
  EXPECT_EQ(lease.expires_in_s, std::chrono::minutes{6});
}

TEST_F(Replay, AGrantThatIsOverIsLostAndNeverSuccess) {
  add_server("kantor-123");
  repeatable("r1", timed_hold("kantor-123"));
  clock_.advance(std::chrono::minutes{11});
  expect_error(ErrorCode::lost, [&] { repeatable("r1", timed_hold("kantor-123")); });
}

TEST_F(Replay, AWaitWhoseTurnHasComeIsAnsweredByItsLease) {
  add_server("kantor-123");
  add_agent("budi");
  perform(timed_hold("kantor-123"), "ani");
  auto waiting = timed_hold("kantor-123");
  waiting.wait = true;
  const auto wait = repeatable("r1", waiting, "budi").result.wait;
  ASSERT_TRUE(wait);
  EXPECT_EQ(repeatable("r1", waiting, "budi").result.wait, wait);
  perform(ReleaseLock{ServerName{"kantor-123"}, std::nullopt}, "ani");
  auto turn = waiting;
  turn.in_line = wait;
  const auto lease = perform(turn, "budi").leases.front();
  clock_.advance(std::chrono::minutes{1});
  // Much may have happened there since.
  for (int i = 0; i < 60; ++i) {
    perform(LeaveLine{*perform(waiting, "ani").wait, false}, "ani");
  }
  const auto again = repeatable("r1", waiting, "budi");
  EXPECT_TRUE(again.replayed);
  EXPECT_FALSE(again.result.wait);
  ASSERT_EQ(again.result.leases.size(), 1U);
  EXPECT_EQ(again.result.leases.front().hold, lease.hold);
  EXPECT_EQ(again.result.leases.front().token, lease.token);
  EXPECT_EQ(again.result.leases.front().expires_in_s, std::chrono::minutes{9});
  perform(ReleaseLock{ServerName{"kantor-123"}, std::nullopt}, "budi");
  expect_error(ErrorCode::lost, [&] { repeatable("r1", waiting, "budi"); });
}

TEST_F(Replay, SeveralOperationsUnderOneIdAreReplayedTogether) {
  auto repeated = call();
  repeated.request_id = "r1";
  desk_->perform_all(repeated, std::vector{reporter("Budi"), reporter("Siti")});
  const auto again = desk_->perform_all(repeated, std::vector{reporter("Budi"), reporter("Siti")});
  ASSERT_EQ(again.size(), 2U);
  EXPECT_TRUE(again[0].replayed);
  EXPECT_TRUE(again[1].replayed);
  EXPECT_EQ(again[1].result.name, "Siti");
  EXPECT_EQ(reporters(), 2U);
}

TEST_F(Replay, MoreOrFewerOperationsUnderOneIdAreAnotherChange) {
  auto repeated = call();
  repeated.request_id = "r1";
  desk_->perform(repeated, reporter("Budi"));
  expect_error(ErrorCode::request_reused, [&] {
    desk_->perform_all(repeated, std::vector{reporter("Budi"), reporter("Siti")});
  });
  EXPECT_EQ(reporters(), 1U);
  repeated.request_id = "r2";
  desk_->perform_all(repeated, std::vector{reporter("Siti"), reporter("Ani")});
  const auto error = thrown_by([&] { desk_->perform(repeated, reporter("Siti")); });
  EXPECT_EQ(error.code(), ErrorCode::request_reused);
  EXPECT_EQ(error.text("request_id"), "r2");
}

using DryRun = DeskTest;

TEST_F(DryRun, AnswersAndChangesNothing) {
  const auto events = log().size();
  EXPECT_EQ(try_out(reporter("Budi")).name, "Budi");
  EXPECT_EQ(reporters(), 0U);
  EXPECT_EQ(log().size(), events);
}

TEST_F(DryRun, RefusesWhatTheChangeWouldRefuse) {
  perform(reporter("Budi"));
  expect_error(ErrorCode::exists, [&] { try_out(reporter("Budi")); });
}

TEST_F(DryRun, LeavesItsRequestIdUnused) {
  auto dry = call();
  dry.request_id = "r1";
  dry.dry_run = true;
  desk_->perform(dry, reporter("Budi"));
  EXPECT_FALSE(repeatable("r1", reporter("Siti")).replayed);
}

}  // namespace
}  // namespace gilir
