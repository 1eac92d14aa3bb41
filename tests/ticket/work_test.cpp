// Whose a ticket is while time passes: next, claims, putting aside, passing on, reopening, rejecting.
#include "core/operations/desk/show.h"
#include "core/operations/lock/acquire.h"
#include "core/operations/people/agent_change.h"
#include "core/operations/server/add.h"
#include "core/operations/ticket/assign.h"
#include "core/operations/ticket/close.h"
#include "core/operations/ticket/edit.h"
#include "core/operations/ticket/list.h"
#include "core/operations/ticket/next.h"
#include "core/operations/ticket/note.h"
#include "core/operations/ticket/pass.h"
#include "core/operations/ticket/postpone.h"
#include "core/operations/ticket/publicity.h"
#include "core/operations/ticket/reject.h"
#include "core/operations/ticket/reopen.h"
#include "core/operations/ticket/reply.h"
#include "core/operations/ticket/resolve.h"
#include "core/operations/ticket/settle.h"
#include "core/operations/ticket/start.h"
#include "core/people/people_table.h"
#include "core/ticket/ticket_rules.h"
#include "tests/ticket/ticket_fixture.h"

namespace gilir {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

class Work : public TicketDesk {
 protected:
  Work() { add_agent(sari); }

  WallTime in(Milliseconds time) const { return clock_.now().wall + time; }
  void time_passes(Milliseconds time) {
    clock_.advance(time);
    store::Connection connection({directory_.file("desk/desk.db"), false, nullptr});
    store::Transaction transaction(connection, store::Transaction::Kind::write);
    Context context(connection, clock_.now(), get_agent(connection, admin), true);
    settle_tickets(context);
    transaction.commit();
  }
  // What nobody was there for, taken by sari.
  PressingView claim_what_waits() {
    as(sari, LeaveDesk{});
    file();
    const auto claimed = as(sari, ClaimTicket{});
    as(sari, ReturnToDesk{});
    return claimed;
  }
  void hold_server_for(TicketNumber ticket) {
    AddServer server;
    server.name = ServerName{"kantor-123"};
    server.host = "127.0.0.1";
    as(admin, server);
    AcquireLock acquire;
    acquire.servers = {ServerName{"kantor-123"}};
    acquire.duration_s = hours{2};
    acquire.ticket = ticket;
    as(sari, acquire);
  }
};

TEST_F(Work, NextIsTheUrgentThenTheOverdueThenTheOldest) {
  expect_error(ErrorCode::nothing_to_do, [&] { as(sari, NextTicket{}); });
  const auto oldest = file();
  const auto overdue = file();
  const auto earlier = file();
  const auto urgent = file();
  EXPECT_EQ(as(sari, NextTicket{}).number, oldest);
  as(sari, ReplyToTicket{overdue, "x", minutes{20}});
  as(sari, ReplyToTicket{earlier, "x", minutes{10}});
  EXPECT_EQ(as(sari, NextTicket{}).because, "oldest");
  clock_.advance(minutes{30});
  EXPECT_EQ(as(sari, NextTicket{}).number, earlier);
  EXPECT_EQ(as(sari, NextTicket{}).because, "overdue");
  as(sari, EditTicket{.number = urgent, .urgent = true});
  EXPECT_EQ(as(sari, NextTicket{}).number, urgent);
  EXPECT_EQ(as(sari, NextTicket{}).because, "urgent");
}

TEST_F(Work, NextShowsWhatWaitsInTheTierAndAClaimTakesIt) {
  as(sari, LeaveDesk{});
  const auto number = file();
  const auto seen = as(sari, NextTicket{});
  EXPECT_EQ(seen.number, number);
  EXPECT_TRUE(seen.waiting);
  const auto claimed = as(sari, ClaimTicket{});
  EXPECT_EQ(claimed.assignee, sari);
  EXPECT_EQ(claimed.status, TicketStatus::assigned);
  EXPECT_EQ(claimed.claimed_until, in(claim_term));
  EXPECT_EQ(last("ticket.assigned", number).facts.because, "claimed");
  add_agent(dewi, 2);
  expect_error(ErrorCode::nothing_to_do, [&] { as(dewi, ClaimTicket{}); });
}

TEST_F(Work, AClaimFromTheTurnCountsAsATurn) {
  as(sari, LeaveDesk{});
  file();
  as(sari, ClaimTicket{});
  as(sari, ReturnToDesk{});
  const AgentName zaki{"zaki"};
  add_agent(zaki);
  EXPECT_EQ(file_unlike().assignee, zaki);
}

TEST_F(Work, AClaimOfATicketThatIsOnesOwnPutsNoTermOnIt) {
  const auto number = file();
  const auto version = show(number).version;
  const auto claimed = as(sari, ClaimTicket{});
  EXPECT_EQ(claimed.number, number);
  EXPECT_FALSE(claimed.claimed_until);
  EXPECT_EQ(show(number).version, version);
  EXPECT_EQ(history(number).back().kind, "ticket.assigned");
  add_agent(dewi);
  time_passes(claim_term + minutes{5});
  EXPECT_EQ(show(number).assignee, sari);
  as(sari, LeaveDesk{});
  EXPECT_EQ(show(number).assignee, sari);
}

TEST_F(Work, AClaimWithoutWorkReturnsToTheTurnAndSaysWhy) {
  const auto number = claim_what_waits().number;
  add_agent(dewi);
  time_passes(claim_term - Milliseconds{1});
  EXPECT_EQ(show(number).assignee, sari);
  const auto due = show(number).claimed_until;
  time_passes(minutes{5});
  EXPECT_EQ(show(number).assignee, dewi);
  EXPECT_FALSE(show(number).claimed_until);
  const auto ended = last("ticket.claim_ended", number);
  EXPECT_EQ(ended.facts.because, "silent");
  EXPECT_EQ(ended.facts.due, due);
  EXPECT_EQ(last("ticket.assigned", number).facts.because, "reclaimed");
}

TEST_F(Work, AnyWorkMakesAClaimedTicketHisForGood) {
  const auto number = claim_what_waits().number;
  add_agent(dewi);
  as(dewi, NoteOnTicket{number, "from a colleague"});
  EXPECT_TRUE(show(number).claimed_until);
  as(sari, NoteOnTicket{number, "looking"});
  EXPECT_FALSE(show(number).claimed_until);
  time_passes(hours{5});
  EXPECT_EQ(show(number).assignee, sari);
}

TEST_F(Work, ClaimingAgainIsNoWorkAndWhatIsBegunNeedsNoClaim) {
  const auto first = claim_what_waits();
  const auto number = first.number;
  clock_.advance(minutes{10});
  EXPECT_EQ(as(sari, ClaimTicket{}).claimed_until, first.claimed_until);
  EXPECT_EQ(show(number).version, first.version);
  as(sari, StartTicket{number});
  const auto events = history(number).size();
  EXPECT_FALSE(as(sari, ClaimTicket{}).claimed_until);
  EXPECT_EQ(history(number).size(), events);
}

TEST_F(Work, AServerHeldForTheTicketIsWork) {
  const auto number = claim_what_waits().number;
  add_agent(dewi);
  hold_server_for(number);
  time_passes(claim_term + minutes{1});
  EXPECT_EQ(show(number).assignee, sari);
  EXPECT_EQ(show(number).claimed_until, in(claim_term));
}

TEST_F(Work, AServerHeldForTheTicketIsNoChangeOfIt) {
  const auto claimed = claim_what_waits();
  const auto number = claimed.number;
  const auto version = claimed.version;
  hold_server_for(number);
  time_passes(claim_term + minutes{1});
  EXPECT_EQ(show(number).version, version);
}

TEST_F(Work, AServerThatWasHeldUntilBeforeIsNoWork) {
  const auto number = claim_what_waits().number;
  add_agent(dewi);
  hold_server_for(number);
  clock_.advance(hours{3});
  as(dewi, ClaimTicket{});
  EXPECT_EQ(show(number).assignee, dewi);
}

TEST_F(Work, AClaimThatRanOutIsSeenAsItWillBeStored) {
  const auto number = claim_what_waits().number;
  add_agent(dewi);
  clock_.advance(claim_term);
  EXPECT_EQ(show(number).assignee, dewi);
  EXPECT_FALSE(show(number).claimed_until);
  EXPECT_TRUE(as(sari, ListTickets{.assignee = sari}).tickets.empty());
  EXPECT_EQ(as(sari, ListTickets{.assignee = dewi, .count = true}).total, 1);
  EXPECT_EQ(as(dewi, NextTicket{}).number, number);
  expect_error(ErrorCode::nothing_to_do, [&] { as(sari, NextTicket{}); });
  EXPECT_EQ(as(sari, ShowAgent{dewi}).open_tickets, 1);
  EXPECT_EQ(as(sari, ShowAgent{dewi}).turn, 2);
  EXPECT_TRUE(as(sari, ShowDesk{}).tickets.empty());
  EXPECT_EQ(history(number).back().kind, "ticket.claimed");
  expect_error(ErrorCode::not_assignee, [&] { as(sari, StartTicket{number}); });
}

TEST_F(Work, AClaimThatRanOutWithNobodyThereIsSeenToWait) {
  const auto number = claim_what_waits().number;
  clock_.advance(minutes{10});
  as(sari, LeaveDesk{});
  as(sari, ClaimTicket{});
  clock_.advance(claim_term);
  EXPECT_EQ(show(number).status, TicketStatus::new_);
  EXPECT_EQ(as(sari, ListTickets{.unassigned = true}).tickets.size(), 1u);
  EXPECT_TRUE(as(sari, NextTicket{}).waiting);
}

TEST_F(Work, AClaimedTicketThatAColleaguePutsAsideStaysAside) {
  const auto number = claim_what_waits().number;
  add_agent(dewi);
  as(dewi, PostponeTicket{number, in(hours{5})});
  time_passes(hours{1});
  EXPECT_EQ(show(number).status, TicketStatus::postponed);
  EXPECT_EQ(show(number).assignee, sari);
}

TEST_F(Work, WhoGoesAwayGivesBackWhatHeClaimedAndHasNotBegun) {
  const auto claimed = claim_what_waits().number;
  const auto begun = file();
  as(sari, StartTicket{begun});
  add_agent(dewi);
  const auto gone = as(sari, LeaveDesk{});
  ASSERT_EQ(gone.handed_out.size(), 1u);
  EXPECT_EQ(gone.handed_out[0].number, claimed);
  EXPECT_EQ(gone.handed_out[0].agent, dewi);
  EXPECT_EQ(show(begun).assignee, sari);
  EXPECT_EQ(last("ticket.claim_ended", claimed).facts.because, "away");
}

TEST_F(Work, TwoWhoClaimAtOnceNeverGetTheSame) {
  as(sari, LeaveDesk{});
  add_agent(dewi);
  as(dewi, LeaveDesk{});
  file();
  file();
  EXPECT_NE(as(sari, ClaimTicket{}).number, as(dewi, ClaimTicket{}).number);
}

TEST_F(Work, APostponedTicketComesBackByItself) {
  const auto number = file();
  EXPECT_EQ(as(sari, PostponeTicket{number, in(hours{1})}).status, TicketStatus::postponed);
  EXPECT_EQ(last("ticket.postponed", number).facts.until, in(hours{1}));
  expect_error(ErrorCode::nothing_to_do, [&] { as(sari, NextTicket{}); });
  clock_.advance(hours{1});
  // Seen so before anything is stored.
  EXPECT_EQ(show(number).status, TicketStatus::assigned);
  EXPECT_EQ(as(sari, NextTicket{}).number, number);
  EXPECT_EQ(as(sari, ListTickets{}).tickets.front().status, TicketStatus::assigned);
  time_passes(minutes{5});
  const auto back = last("ticket.returned", number);
  EXPECT_EQ(back.facts.due, in(-minutes{5}));
  EXPECT_EQ(back.facts.status, "postponed");
  EXPECT_EQ(show(number).assignee, sari);
}

TEST_F(Work, OfManyThatComeBackAtOnceTheMostPressingIsNext) {
  for (int i = 0; i < 110; ++i) as(sari, PostponeTicket{file(), in(hours{1})});
  const auto urgent = as(admin, NewTicket{.title = "Gempa", .reporter = "Budi", .urgent = true}).number;
  as(sari, PostponeTicket{urgent, in(hours{2})});
  clock_.advance(hours{3});
  EXPECT_EQ(as(sari, NextTicket{}).number, urgent);
}

TEST_F(Work, AChangeOfATicketAppliesFirstThatItCameBack) {
  const auto number = file();
  const auto version = as(sari, PostponeTicket{number, in(hours{1})}).version;
  clock_.advance(hours{2});
  desk_.perform(Call{.caller = sari, .if_version = version}, NoteOnTicket{number, "x"});
  EXPECT_EQ(show(number).status, TicketStatus::assigned);
  EXPECT_EQ(show(number).version, version + 1);
  EXPECT_EQ(last("ticket.returned", number).facts.due, in(-hours{1}));
}

TEST_F(Work, ATicketWaitsForItsReporterOrAUnitUntilSomebodyTakesItUp) {
  const auto number = file();
  EXPECT_EQ(as(sari, PostponeTicket{.number = number, .for_ = AwaitedParty::reporter}).status,
            TicketStatus::waiting_reporter);
  time_passes(hours{1000});
  EXPECT_EQ(show(number).status, TicketStatus::waiting_reporter);
  EXPECT_EQ(as(sari, PostponeTicket{number, in(hours{1}), AwaitedParty::unit}).status, TicketStatus::waiting_unit);
  EXPECT_EQ(as(sari, StartTicket{number}).status, TicketStatus::in_progress);
  time_passes(hours{2});
  EXPECT_EQ(show(number).status, TicketStatus::in_progress);
}

TEST_F(Work, PostponingNeedsATimeToComeOrSomebodyToWaitFor) {
  const auto number = file();
  expect_error(ErrorCode::invalid, [&] { as(sari, PostponeTicket{number}); });
  expect_error(ErrorCode::invalid, [&] { as(sari, PostponeTicket{number, in(Milliseconds{0})}); });
  expect_error(ErrorCode::invalid, [&] { as(sari, PostponeTicket{number, in(hours{24 * 400})}); });
  as(sari, ResolveTicket{number, "x"});
  expect_error(ErrorCode::wrong_state, [&] { as(sari, PostponeTicket{number, in(hours{1})}); });
}

// Said again under its request id, "in two hours" is another time, and yet the same request.
TEST_F(Work, PostponingForALengthOfTimeIsRepeatable) {
  const auto number = file();
  const PostponeTicket operation{.number = number, .after_s = hours{2}};
  const Call repeatable{.caller = sari, .request_id = "r1"};
  EXPECT_EQ(desk_.perform(repeatable, operation).result.postponed_until, in(hours{2}));
  time_passes(hours{1});
  const auto again = desk_.perform(repeatable, operation);
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(show(number).postponed_until, in(hours{1}));
  expect_error(ErrorCode::invalid, [&] { as(sari, PostponeTicket{number, in(hours{1}), {}, hours{1}}); });
  expect_error(ErrorCode::invalid, [&] { as(sari, PostponeTicket{.number = number, .after_s = hours{24 * 400}}); });
  expect_error(ErrorCode::invalid, [&] { as(sari, PostponeTicket{.number = number, .after_s = Milliseconds{0}}); });
}

TEST_F(Work, APassedTicketNeverReturnsToWhoPassedItWhileOthersAreThere) {
  const auto number = file();
  EXPECT_EQ(as(sari, PassTicket{number, "unknown to me"}).assignee, sari);
  add_agent(dewi);
  add_agent(agus);
  EXPECT_EQ(as(sari, PassTicket{number, "unknown to me"}).assignee, agus);
  const auto passed = last("ticket.passed", number);
  EXPECT_EQ(passed.facts.reason, "unknown to me");
  EXPECT_EQ(passed.facts.internal, true);
  EXPECT_EQ(show(number).owner, sari);
  EXPECT_EQ(file_unlike().assignee, dewi);
}

TEST_F(Work, OnlyTheAssigneeOrASupervisorPasses) {
  const auto number = file();
  add_agent(dewi);
  expect_error(ErrorCode::not_assignee, [&] { as(dewi, PassTicket{number, "x"}); });
  EXPECT_EQ(as(admin, PassTicket{number, "x"}).assignee, dewi);
  expect_error(ErrorCode::invalid, [&] { as(dewi, PassTicket{number, " "}); });
}

TEST_F(Work, AReopenedTicketGoesToWhoHadItAndByTurnWhenHeIsAway) {
  const auto number = file();
  as(sari, ResolveTicket{number, "x"});
  as(sari, CloseTicket{number});
  add_agent(dewi);
  EXPECT_EQ(as(dewi, ReopenTicket{number, "again"}).assignee, sari);
  EXPECT_EQ(show(number).status, TicketStatus::assigned);
  EXPECT_FALSE(show(number).answer);
  as(sari, ResolveTicket{number, "x"});
  as(sari, LeaveDesk{});
  EXPECT_EQ(as(dewi, ReopenTicket{number, "again"}).assignee, dewi);
  expect_error(ErrorCode::wrong_state, [&] { as(dewi, ReopenTicket{number, "open already"}); });
}

TEST_F(Work, ARejectionIsAnAnswerToAllReporters) {
  const auto number = file();
  const auto part = file();
  merge({part}, number);
  EXPECT_EQ(as(sari, RejectTicket{number, "Not ours."}).status, TicketStatus::rejected);
  EXPECT_EQ(show(number, true).answer, "Not ours.");
  EXPECT_EQ(show(part, true).answer, "Not ours.");
  ASSERT_FALSE(show(part, true).messages.empty());
  EXPECT_EQ(show(part, true).messages.back().text, "Not ours.");
  expect_error(ErrorCode::wrong_state, [&] { as(sari, CloseTicket{number}); });
  EXPECT_EQ(as(sari, ReopenTicket{number, "ours"}).status, TicketStatus::assigned);
}

TEST_F(Work, TicketsOfAnAgentWhoLeavesReturnToTheTurnAndKeepTheirState) {
  const auto one = file();
  const auto aside = file();
  const auto over = file();
  as(sari, PostponeTicket{aside, in(hours{1})});
  as(sari, ResolveTicket{over, "x"});
  hold_server_for(one);
  const auto error = thrown_by([&] { as(admin, RemoveAgent{sari}); });
  EXPECT_EQ(error.code(), ErrorCode::in_use);
  EXPECT_EQ(error.text("by"), "kantor-123");
  clock_.advance(hours{3});
  add_agent(dewi);
  const auto removed = as(admin, RemoveAgent{sari});
  EXPECT_EQ(removed.handed_out.size(), 2u);
  for (const auto number : {one, aside}) {
    EXPECT_EQ(show(number).assignee, dewi);
    EXPECT_EQ(show(number).owner, dewi);
  }
  EXPECT_EQ(show(over).assignee, sari);
  EXPECT_EQ(last("ticket.assigned", one).facts.from_agent, sari);
  EXPECT_EQ(as(dewi, ReopenTicket{over, "again"}).assignee, dewi);
  EXPECT_EQ(show(over).owner, dewi);
}

TEST_F(Work, AnotherOwnerIsToldWhenTheFirstLeaves) {
  const auto number = file();
  add_agent(dewi);
  const auto version = as(admin, AssignTicket{number, dewi}).version;
  EXPECT_TRUE(as(admin, RemoveAgent{sari}).handed_out.empty());
  EXPECT_EQ(show(number).owner, dewi);
  EXPECT_EQ(show(number).version, version + 1);
  EXPECT_EQ(last("ticket.edited", number).facts.changes, "owner=dewi");
}

TEST_F(Work, ATicketOfAnAgentWhoLeavesIsHandedOnOnce) {
  const auto number = file();
  add_agent(dewi);
  const auto version = show(number).version;
  EXPECT_EQ(as(admin, RemoveAgent{sari}).handed_out.size(), 1u);
  EXPECT_EQ(show(number).version, version + 1);
}

TEST_F(Work, TellsAReporterThatHisTicketIsPutAsideAndNothingOfClaimsAndPasses) {
  const auto number = claim_what_waits().number;
  add_agent(dewi);
  as(sari, PassTicket{number, "internal"});
  as(dewi, PostponeTicket{number, in(hours{1})});
  clock_.advance(hours{2});
  as(dewi, ResolveTicket{number, "x"});
  as(dewi, ReopenTicket{number, "internal"});
  std::string kinds;
  for (const auto& event : history(number)) {
    const auto seen = for_reporter(event, number);
    if (!seen) continue;
    kinds += seen->kind + " ";
    EXPECT_FALSE(seen->facts.reason) << seen->kind;
  }
  EXPECT_EQ(
      kinds,
      "ticket.filed ticket.waiting ticket.assigned ticket.assigned ticket.postponed ticket.returned ticket.resolved "
      "ticket.reopened ticket.assigned ");
}

}  // namespace
}  // namespace gilir
