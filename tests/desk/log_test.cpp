#include "core/operations/log/verify.h"
#include "tests/desk/desk_fixture.h"

namespace gilir {
namespace {

using Log = DeskTest;

TEST_F(Log, TellsWhatConcernsOneTicketServerOrAgent) {
  add_agent("budi");
  add_server("kantor-123");
  file_ticket("printer smokes");
  acquire("kantor-123", "budi");
  EXPECT_EQ(perform(ReadLog{.ticket = TicketNumber{1}}).events.front().kind, "ticket.filed");
  EXPECT_EQ(perform(ReadLog{.server = ServerName{"kantor-123"}}).events.back().kind, "lock.granted");
  EXPECT_EQ(perform(ReadLog{.agent = AgentName{"budi"}}).events.front().kind, "agent.added");
}

TEST_F(Log, TakesOneSubjectAtATime) {
  expect_error(ErrorCode::invalid, [&] { perform(ReadLog{.ticket = TicketNumber{1}, .agent = AgentName{"ani"}}); });
}

TEST_F(Log, AWrongNameIsNotAnEmptyHistory) {
  expect_error(ErrorCode::not_found, [&] { perform(ReadLog{.ticket = TicketNumber{99}}); });
  expect_error(ErrorCode::not_found, [&] { perform(ReadLog{.server = ServerName{"nowhere"}}); });
  expect_error(ErrorCode::not_found, [&] { perform(ReadLog{.agent = AgentName{"nobody"}}); });
}

TEST_F(Log, ShowsTheNewestUnlessAskedToGoOn) {
  for (const auto* name : {"Budi", "Siti", "Wati"}) perform(reporter(name));
  const auto newest = perform(ReadLog{.limit = 2, .count = true});
  ASSERT_EQ(newest.events.size(), 2U);
  EXPECT_TRUE(newest.truncated);
  EXPECT_EQ(newest.events.back().facts.reporter, "Wati");
  EXPECT_EQ(newest.total, 5);
  const auto first = perform(ReadLog{.after = EventNumber{0}, .limit = 2});
  EXPECT_EQ(first.events.front().number.value, 1);
  EXPECT_TRUE(first.truncated);
  EXPECT_FALSE(perform(ReadLog{.after = EventNumber{3}, .limit = 2}).truncated);
}

TEST_F(Log, AnExpiryTellsWhenItFellDueAndIsNobodysDoing) {
  add_agent("budi");
  add_server("kantor-123");
  acquire("kantor-123", "budi");
  const auto due = clock_.now().wall + std::chrono::minutes{10};
  clock_.advance(std::chrono::hours{1});
  acquire("kantor-123", "ani");
  const auto events = log();
  const auto expired = std::ranges::find(events, "lock.expired", &Event::kind);
  ASSERT_NE(expired, events.end());
  EXPECT_EQ(expired->facts.agent, AgentName{"budi"});
  EXPECT_EQ(expired->facts.due, due);
}

TEST_F(Log, VerifiesAndKnowsAnEarlierHead) {
  const auto head = perform(VerifyLog{});
  perform(reporter("Budi"));
  EXPECT_EQ(perform(VerifyLog{head}).number.value, head.number.value + 1);
  expect_error(ErrorCode::chain_broken, [&] { perform(VerifyLog{LogHead{{99}, head.hash}}); });
}

}  // namespace
}  // namespace gilir
