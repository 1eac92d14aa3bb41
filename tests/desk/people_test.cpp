#include "core/operations/people/agent_change.h"
#include "core/operations/people/reporter_change.h"
#include "core/operations/ticket/show.h"
#include "tests/desk/desk_fixture.h"

namespace gilir {
namespace {

class People : public DeskTest {
 protected:
  PresenceChanged away(const std::string& name) { return perform(LeaveDesk{AgentName{name}}); }
  PresenceChanged back(const std::string& name) { return perform(ReturnToDesk{AgentName{name}}); }
  static std::string words(const std::vector<HandedOut>& handed_out) {
    std::string text;
    for (const auto& ticket : handed_out) {
      text += (text.empty() ? "" : " ") + std::to_string(ticket.number.value) + ":" + ticket.agent.value;
    }
    return text;
  }
  std::string assigned_because() {
    std::string text;
    for (const auto& event : log()) {
      if (event.kind == "ticket.assigned") text += (text.empty() ? "" : " ") + event.facts.because.value_or("?");
    }
    return text;
  }
};

TEST_F(People, ANewcomerIsPresentAndStandsBehindAllWhoWait) {
  add_agent("budi");
  file_ticket("printer smokes");
  EXPECT_EQ(add_agent("citra").turn, 2);
}

TEST_F(People, AnAgentWhoIsAwayGetsNothingNew) {
  add_agent("budi");
  away("ani");
  for (const auto* title : {"printer smokes", "cable chewed", "screen black"}) {
    EXPECT_EQ(file_ticket(title).assignee, AgentName{"budi"}) << title;
  }
}

TEST_F(People, TicketsThatNobodyWasThereForGoToWhoReturns) {
  away("ani");
  EXPECT_EQ(file_ticket("printer smokes").because, "waiting");
  EXPECT_EQ(file_ticket("cable chewed").status, TicketStatus::new_);
  EXPECT_EQ(words(back("ani").handed_out), "1:ani 2:ani");
  EXPECT_EQ(assigned_because(), "returned returned");
}

TEST_F(People, WaitingTicketsGoToWhoJoinsTheirTierOnly) {
  away("ani");
  file_ticket("printer smokes");
  EXPECT_EQ(words(add_agent("rina", 2).handed_out), "");
  EXPECT_EQ(words(add_agent("budi", 1).handed_out), "1:budi");
  EXPECT_EQ(assigned_because(), "joined");
}

TEST_F(People, WhoWasAssignedFirstBecomesTheOwner) {
  away("ani");
  file_ticket("printer smokes");
  back("ani");
  const auto assigned = log().back();
  EXPECT_EQ(assigned.kind, "ticket.assigned");
  EXPECT_EQ(assigned.facts.agent, AgentName{"ani"});
  EXPECT_EQ(assigned.facts.tier, 1);
}

TEST_F(People, LeavingTwiceIsNoChange) {
  EXPECT_TRUE(away("ani").changed);
  const auto events = log().size();
  EXPECT_FALSE(away("ani").changed);
  EXPECT_EQ(log().size(), events);
}

TEST_F(People, PresenceOfOthersIsForSupervisors) {
  add_agent("budi");
  add_agent("rina", 2, Role::supervisor);
  const auto error = thrown_by([&] { perform(LeaveDesk{AgentName{"ani"}}, "budi"); });
  EXPECT_EQ(error.code(), ErrorCode::not_allowed);
  EXPECT_EQ(error.text("needs"), "supervisor");
  EXPECT_TRUE(perform(LeaveDesk{}, "budi").changed);
  EXPECT_TRUE(perform(ReturnToDesk{AgentName{"budi"}}, "rina").changed);
}

TEST_F(People, AgentsHaveNamesThatAreSafeEverywhere) {
  for (const std::string name : {"", "-rf", "a b", "../ani", "sari\x1b[31m", "ânni"}) {
    expect_error(ErrorCode::invalid, [&] { add_agent(name); });
  }
  expect_error(ErrorCode::exists, [&] { add_agent("ani"); });
  expect_error(ErrorCode::invalid, [&] { add_agent("budi", 0); });
  expect_error(ErrorCode::invalid, [&] { add_agent("budi", 10); });
}

TEST_F(People, NoTwoAgentsHaveOneNameButForUpperAndLowerCase) {
  add_agent("Budi");
  const auto error = thrown_by([&] { add_agent("bUDI"); });
  EXPECT_EQ(error.code(), ErrorCode::exists);
  EXPECT_EQ(error.text("name"), "Budi");
  perform(RemoveAgent{AgentName{"Budi"}});
  EXPECT_EQ(add_agent("budi").name, AgentName{"budi"});
}

TEST_F(People, AReporterIsKnownByNameAndOffice) {
  perform(AddReporter{"Budi", "kantor-123", ""});
  perform(AddReporter{"Budi", "kantor-9", ""});
  expect_error(ErrorCode::exists, [&] { perform(AddReporter{" Budi ", "kantor-9", "555"}); });
  expect_error(ErrorCode::invalid, [&] { perform(AddReporter{"  ", "", ""}); });
  EXPECT_EQ(reporters(), 2U);
}

TEST_F(People, ListsComeInPages) {
  for (const auto* name : {"budi", "citra", "dewi"}) add_agent(name);
  const auto page = perform(ListAgents{.after = AgentName{"ani"}, .limit = 2, .count = true});
  ASSERT_EQ(page.agents.size(), 2U);
  EXPECT_EQ(page.agents.back().name, AgentName{"citra"});
  EXPECT_TRUE(page.truncated);
  EXPECT_EQ(page.total, 4);
  EXPECT_FALSE(perform(ListAgents{.after = AgentName{"citra"}, .limit = 2}).truncated);
}

TEST_F(People, AnAgentWhoIsMovedTakesTurnsInHisNewTierAndKeepsHisTickets) {
  add_agent("budi");
  const auto number = file_ticket("printer smokes").number;
  const auto owner = *perform(ShowTicket{number}).assignee;
  perform(ReturnToDesk{});
  const auto moved = perform(MoveAgent{owner, 2});
  EXPECT_EQ(moved.tier, 2);
  EXPECT_EQ(moved.from_tier, 1);
  EXPECT_EQ(moved.turn, 1);
  EXPECT_EQ(perform(ShowTicket{number}).assignee, owner);
  EXPECT_EQ(perform(ShowTicket{number}).tier, 1);
  EXPECT_EQ(log().back().kind, "agent.moved");
}

TEST_F(People, WaitingTicketsGoToWhoIsMovedToTheirTier) {
  away("ani");
  file_ticket("printer smokes");
  add_agent("rina", 2);
  EXPECT_EQ(words(perform(MoveAgent{AgentName{"rina"}, 1}).handed_out), "1:rina");
}

TEST_F(People, NobodyGainsATurnByLeavingATierAndComingBack) {
  add_agent("budi");
  const auto first = *file_ticket("printer smokes").assignee;
  perform(MoveAgent{first, 2});
  perform(MoveAgent{first, 1});
  EXPECT_NE(file_ticket("cable chewed").assignee, first);
  EXPECT_EQ(file_ticket("screen black").assignee, first);
  perform(RemoveAgent{AgentName{"budi"}});
  add_agent("budi");
  file_ticket("no sound");
  EXPECT_NE(file_ticket("door stuck").assignee, file_ticket("lamp dark").assignee);
}

TEST_F(People, ARoleIsChangedByAnAdminAndWithItWhatTheAgentMayDo) {
  add_agent("budi");
  expect_error(ErrorCode::not_allowed, [&] { perform(LeaveDesk{AgentName{"ani"}}, "budi"); });
  const auto moved = perform(MoveAgent{.name = AgentName{"budi"}, .role = Role::supervisor});
  EXPECT_EQ(moved.role, Role::supervisor);
  EXPECT_EQ(moved.from_role, Role::agent);
  EXPECT_EQ(moved.tier, moved.from_tier);
  EXPECT_TRUE(perform(LeaveDesk{AgentName{"ani"}}, "budi").changed);
  expect_error(ErrorCode::not_allowed,
               [&] { perform(MoveAgent{.name = AgentName{"budi"}, .role = Role::admin}, "budi"); });
  const auto events = log().size();
  perform(MoveAgent{.name = AgentName{"budi"}, .role = Role::supervisor});
  EXPECT_EQ(log().size(), events) << "what stays as it is is no event";
}

TEST_F(People, TheLastAdminStaysAdmin) {
  add_agent("budi", 1, Role::supervisor);
  const MoveAgent demote{.name = AgentName{"ani"}, .role = Role::supervisor};
  EXPECT_EQ(thrown_by([&] { perform(demote); }).text("kind"), "admin");
  perform(MoveAgent{.name = AgentName{"budi"}, .role = Role::admin});
  EXPECT_EQ(perform(demote).role, Role::supervisor);
  expect_error(ErrorCode::in_use, [&] { perform(MoveAgent{.name = AgentName{"budi"}, .role = Role::agent}, "budi"); });
  EXPECT_EQ(perform(MoveAgent{.name = AgentName{"budi"}, .tier = 2}, "budi").role, Role::admin);
}

TEST_F(People, NobodyRemovesHimselfOrSomebodyUnknown) {
  expect_error(ErrorCode::invalid, [&] { perform(RemoveAgent{AgentName{"ani"}}); });
  expect_error(ErrorCode::not_found, [&] { perform(RemoveAgent{AgentName{"nobody"}}); });
  add_agent("budi");
  expect_error(ErrorCode::not_allowed, [&] { perform(RemoveAgent{AgentName{"ani"}}, "budi"); });
  expect_error(ErrorCode::not_allowed, [&] { perform(MoveAgent{AgentName{"ani"}, 2}, "budi"); });
}

TEST_F(People, WhoIsRemovedLeavesEveryLine) {
  add_agent("budi");
  add_server("kantor-123");
  acquire("kantor-123");
  auto waiting = timed_hold("kantor-123");
  waiting.wait = true;
  perform(waiting, "budi");
  ASSERT_EQ(lock("kantor-123").line.size(), 1U);
  perform(RemoveAgent{AgentName{"budi"}});
  EXPECT_TRUE(lock("kantor-123").line.empty());
}

TEST_F(People, AReporterIsEditedByNameAndOffice) {
  perform(AddReporter{"Budi", "kantor-123", ""});
  perform(AddReporter{"Budi", "kantor-9", ""});
  expect_error(ErrorCode::invalid, [&] { perform(ShowReporter{"Budi"}); });
  expect_error(ErrorCode::not_found, [&] { perform(ShowReporter{"Buddi"}); });
  expect_error(ErrorCode::exists,
               [&] { perform(EditReporter{.name = "Budi", .office = "kantor-9", .new_office = "kantor-123"}); });
  const auto edited =
      perform(EditReporter{.name = "Budi", .office = "kantor-9", .new_name = "Budi S.", .contact = "555"});
  EXPECT_EQ(edited.name, "Budi S.");
  EXPECT_EQ(edited.office, "kantor-9");
  EXPECT_EQ(log().back().facts.changes, "name=Budi S. contact=555");
  EXPECT_EQ(perform(ShowReporter{"Budi"}).office, "kantor-123");
  expect_error(ErrorCode::invalid, [&] { perform(EditReporter{.name = "Budi", .new_name = " "}); });
}

}  // namespace
}  // namespace gilir
