#include "core/operations/ticket/assign.h"
#include "core/operations/ticket/escalate.h"
#include "tests/ticket/ticket_fixture.h"

namespace gilir {
namespace {

class Escalation : public TicketDesk {
 protected:
  Escalation() { add_agent(sari); }

  Ticket escalate(TicketNumber number, std::optional<int> tier = {}, std::optional<AgentName> agent = {}) {
    return as(sari, EscalateTicket{number, "butuh DBA", tier, agent});
  }
};

TEST_F(Escalation, GoesToTheNextTierThatHasAgentsByItsTurnAndKeepsTheOwner) {
  add_agent(dewi, 3);
  add_agent(agus, 3);
  const auto number = file();
  const auto ticket = escalate(number);
  EXPECT_EQ(ticket.tier, 3);
  EXPECT_EQ(ticket.assignee, agus);
  EXPECT_EQ(ticket.owner, sari);
  EXPECT_EQ(ticket.status, TicketStatus::assigned);
  EXPECT_EQ(escalate(file()).assignee, dewi);

  const auto event = last("ticket.escalated", number);
  EXPECT_EQ(event.facts.reason, "butuh DBA");
  EXPECT_EQ(event.facts.from_tier, 1);
  EXPECT_EQ(event.facts.tier, 3);
  EXPECT_EQ(event.facts.from_agent, sari);
  EXPECT_EQ(last("ticket.assigned", number).facts.because, "escalated");
}

TEST_F(Escalation, WaitsInAHigherTierWhoseAgentsAreAllAway) {
  add_agent(dewi, 2);
  as(dewi, LeaveDesk{});
  const auto number = file();
  const auto ticket = escalate(number);
  EXPECT_EQ(ticket.tier, 2);
  EXPECT_EQ(ticket.status, TicketStatus::new_);
  EXPECT_FALSE(ticket.assignee);
  EXPECT_EQ(ticket.owner, sari);
  as(dewi, ReturnToDesk{});
  EXPECT_EQ(show(number).assignee, dewi);
  EXPECT_EQ(show(number).owner, sari);
}

TEST_F(Escalation, GoesToANamedTierOrAgent) {
  add_agent(dewi, 2);
  add_agent(agus, 4);
  EXPECT_EQ(escalate(file(), 4).assignee, agus);
  const auto ticket = escalate(file(), {}, agus);
  EXPECT_EQ(ticket.assignee, agus);
  EXPECT_EQ(ticket.tier, 4);
  EXPECT_EQ(ticket.owner, sari);
}

TEST_F(Escalation, RefusesWhereThereIsNobodyAbove) {
  const auto number = file();
  expect_error(ErrorCode::no_higher_tier, [&] { escalate(number); });
  add_agent(dewi, 2);
  expect_error(ErrorCode::not_found, [&] { escalate(number, 5); });
  expect_error(ErrorCode::invalid, [&] { escalate(number, 1); });
  expect_error(ErrorCode::invalid, [&] { escalate(number, -1); });
  expect_error(ErrorCode::invalid, [&] { escalate(number, {}, sari); });
  expect_error(ErrorCode::not_found, [&] { escalate(number, {}, AgentName{"-rf"}); });
  expect_error(ErrorCode::invalid, [&] { as(sari, EscalateTicket{number, "  "}); });
  EXPECT_EQ(show(number).assignee, sari);
}

TEST_F(Escalation, MakesWhoeverEscalatesATicketThatNobodyHadItsOwner) {
  add_agent(dewi, 2);
  as(sari, LeaveDesk{});
  const auto number = file();
  const auto ticket = as(sari, EscalateTicket{number, "butuh DBA"});
  EXPECT_EQ(ticket.owner, sari);
  EXPECT_EQ(ticket.assignee, dewi);
}

TEST_F(Escalation, AssignsToANamedAgentInHisTier) {
  add_agent(dewi, 2);
  const auto number = file();
  const auto ticket = as(sari, AssignTicket{number, dewi});
  EXPECT_EQ(ticket.assignee, dewi);
  EXPECT_EQ(ticket.owner, sari);
  EXPECT_EQ(ticket.tier, 2);
  EXPECT_EQ(as(sari, AssignTicket{number, dewi}).version, ticket.version);
  EXPECT_EQ(last("ticket.assigned", number).facts.because, "named");
}

}  // namespace
}  // namespace gilir
