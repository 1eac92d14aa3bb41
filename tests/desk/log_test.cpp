#include "core/operations/log/compare.h"
#include "core/operations/log/verify.h"
#include "core/operations/people/agent_change.h"
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

TEST_F(Log, ToldAgainIsTheDeskAndNamesWhatWasChangedBehindItsBack) {
  add_agent("budi");
  add_agent("eko", 2);
  perform(MoveAgent{.name = AgentName{"eko"}, .tier = 3, .role = Role::supervisor});
  add_server("kantor-123");
  file_ticket("printer");
  file_ticket("monitor");
  EXPECT_EQ(perform(CompareLog{}).total, 0);
  const auto tampered = [&](const std::string& sql) {
    store::Connection connection({path() + "/desk.db", false, nullptr});
    connection.script(sql);
    const auto found = perform(CompareLog{});
    EXPECT_EQ(found.total, 1) << sql;
    const auto& one = found.differences.at(0);
    return std::string(enum_name(one.kind)) + " " + one.name + " " + one.field + ":" + one.log + ":" + one.row;
  };
  EXPECT_EQ(tampered("UPDATE ticket SET assignee = 'eko' WHERE number = 1"), "ticket 1 assignee:ani:eko");
  tampered("UPDATE ticket SET assignee = 'ani' WHERE number = 1; UPDATE agent SET tier = 1 WHERE name = 'eko'");
  EXPECT_EQ(tampered("UPDATE agent SET tier = 3, present = 0 WHERE name = 'eko'"), "agent eko present:true:false");
  EXPECT_EQ(tampered("UPDATE agent SET present = 1 WHERE name = 'eko'; DELETE FROM server"),
            "server kantor-123 :kantor-123:");
}

TEST_F(Log, AHeadIsReadAsItIsWritten) {
  const auto head = perform(VerifyLog{});
  EXPECT_EQ(read_log_head(to_text(head)), head);
  for (const auto& wrong :
       std::vector<std::string>{"", "2", "2:", "x:" + head.hash, "2:" + head.hash + "0", "-1:" + head.hash})
    EXPECT_FALSE(read_log_head(wrong)) << wrong;
}

TEST_F(Log, VerifiesAndKnowsAnEarlierHead) {
  const auto head = perform(VerifyLog{});
  perform(reporter("Budi"));
  EXPECT_EQ(perform(VerifyLog{head}).number.value, head.number.value + 1);
  expect_error(ErrorCode::chain_broken, [&] { perform(VerifyLog{LogHead{{99}, head.hash}}); });
}

}  // namespace
}  // namespace gilir
