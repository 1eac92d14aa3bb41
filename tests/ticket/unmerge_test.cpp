#include "core/operations/ticket/unmerge.h"

#include "core/operations/lock/acquire.h"
#include "core/operations/lock/show.h"
#include "core/operations/people/agent_change.h"
#include "core/operations/server/add.h"
#include "core/operations/ticket/assign.h"
#include "core/operations/ticket/edit.h"
#include "core/operations/ticket/postpone.h"
#include "core/operations/ticket/reply.h"
#include "core/operations/ticket/resolve.h"
#include "core/operations/ticket/start.h"
#include "tests/ticket/ticket_fixture.h"

namespace gilir {
namespace {

using std::chrono::hours;

const ServerName server_name{"kantor-123"};

class Unmerge : public TicketDesk {
 protected:
  Unmerge() {
    add_agent(sari);
    add_agent(dewi);
  }
  UnmergedTicket unmerge(TicketNumber number) { return as(sari, UnmergeTicket{number}); }
  void promise(TicketNumber number, Milliseconds in) { as(sari, ReplyToTicket{number, "x", in}); }
  void make_urgent(TicketNumber number, bool urgent = true) {
    as(sari, EditTicket{.number = number, .urgent = urgent});
  }
  void add_server() {
    AddServer server;
    server.name = server_name;
    server.host = "127.0.0.1";
    as(admin, server);
  }
  Acquired hold(const AgentName& agent, TicketNumber ticket) {
    AcquireLock acquire;
    acquire.servers = {server_name};
    acquire.duration_s = hours{1};
    acquire.ticket = ticket;
    return as(agent, acquire);
  }
  std::optional<TicketNumber> held_for() { return as(admin, ShowLock{server_name}).holders.at(0).holds.at(0).ticket; }
};

TEST_F(Unmerge, MakesATicketWhatItWas) {
  const auto target = file_unlike("Budi").number;
  const auto source = file_unlike("Ani").number;
  as(sari, StartTicket{source});
  promise(source, hours{3});
  const auto before = show(source);
  clock_.advance(hours{1});
  merge({source}, target, true);
  clock_.advance(hours{1});
  const auto after = unmerge(source);
  EXPECT_EQ(after.from, target);
  EXPECT_EQ(after.status, TicketStatus::in_progress);
  EXPECT_EQ(after.assignee, sari);
  EXPECT_EQ(after.updated, before.updated);
  EXPECT_EQ(after.next_news, before.next_news);
  EXPECT_FALSE(after.merged_into);
  EXPECT_GT(after.version, before.version);
  EXPECT_EQ(show(target).voice_count, 1);
  EXPECT_FALSE(show(target).next_news);
  EXPECT_TRUE(concerns(last("ticket.unmerged", source), target));
}

TEST_F(Unmerge, RefusesATicketThatIsNoPart) {
  const auto number = file();
  expect_error(ErrorCode::wrong_state, [&] { unmerge(number); });
  expect_error(ErrorCode::not_found, [&] { unmerge({99}); });
}

TEST_F(Unmerge, KeepsWhatOtherPartsAddedWhateverTheOrder) {
  for (const bool first_goes_first : {true, false}) {
    const auto target = file();
    const auto one = file();
    const auto other = file();
    make_urgent(one);
    make_urgent(other);
    promise(one, hours{2});
    promise(other, hours{1});
    const auto later = show(one).next_news;
    const auto earlier = show(other).next_news;
    merge({one}, target);
    merge({other}, target);
    unmerge(first_goes_first ? one : other);
    EXPECT_TRUE(show(target).urgent);
    EXPECT_EQ(show(target).next_news, first_goes_first ? earlier : later);
    unmerge(first_goes_first ? other : one);
    EXPECT_FALSE(show(target).urgent);
    EXPECT_FALSE(show(target).next_news);
  }
}

TEST_F(Unmerge, LeavesWhatWasChangedLater) {
  const auto target = file();
  const auto source = file();
  make_urgent(source);
  promise(source, hours{1});
  merge({source}, target);
  promise(target, hours{5});
  const auto promised = show(target).next_news;
  as(dewi, ResolveTicket{target, "x"});
  unmerge(source);
  EXPECT_EQ(show(target).status, TicketStatus::resolved);
  EXPECT_FALSE(show(target).urgent);
  EXPECT_FALSE(show(target).next_news);
  EXPECT_EQ(show(source).status, TicketStatus::assigned);
  EXPECT_NE(show(source).next_news, promised);
}

TEST_F(Unmerge, LeavesAnUrgencyThatWasTakenAwayAndGivenAgainSince) {
  const auto target = file();
  const auto source = file();
  make_urgent(source);
  merge({source}, target);
  make_urgent(target, false);
  make_urgent(target);
  as(sari, UnmergeTicket{source});
  EXPECT_TRUE(show(target).urgent);
  EXPECT_TRUE(show(source).urgent);
}

TEST_F(Unmerge, TakesAPartOutOfTheMiddleOfAChain) {
  const auto top = file_unlike("Budi").number;
  const auto middle = file_unlike("Ani").number;
  const auto bottom = file_unlike("Citra").number;
  make_urgent(bottom);
  merge({bottom}, middle, true);
  merge({middle}, top, true);
  EXPECT_EQ(show(top).voice_count, 3);
  unmerge(bottom);
  EXPECT_FALSE(show(top).urgent);
  EXPECT_EQ(show(top).voice_count, 2);
  unmerge(middle);
  EXPECT_FALSE(show(middle).urgent);
  EXPECT_EQ(show(top).voice_count, 1);
  EXPECT_EQ(show(middle).voice_count, 1);
}

TEST_F(Unmerge, LetsATicketKeepItsParts) {
  const auto top = file_unlike("Budi").number;
  const auto middle = file_unlike("Ani").number;
  const auto bottom = file_unlike("Citra").number;
  merge({bottom}, middle, true);
  merge({middle}, top, true);
  unmerge(middle);
  EXPECT_EQ(show(bottom).target->number, middle);
  EXPECT_EQ(show(middle).voice_count, 2);
  EXPECT_EQ(show(top).voice_count, 1);
}

TEST_F(Unmerge, TakesHoldsBackThatStillStandThroughAChain) {
  add_server();
  const auto top = file();
  const auto middle = file();
  const auto bottom = file();
  hold(sari, bottom);
  merge({bottom}, middle);
  merge({middle}, top);
  EXPECT_EQ(held_for(), top);
  unmerge(middle);
  EXPECT_EQ(held_for(), middle);
  merge({middle}, top);
  unmerge(bottom);
  EXPECT_EQ(held_for(), bottom);
  unmerge(middle);
  EXPECT_EQ(held_for(), bottom);
}

TEST_F(Unmerge, LeavesAHoldThatWasTakenForTheTarget) {
  add_server();
  const auto target = file();
  const auto source = file();
  merge({source}, target);
  hold(sari, target);
  unmerge(source);
  EXPECT_EQ(held_for(), target);
}

TEST_F(Unmerge, GoesByTurnWhenItsAgentHasLeft) {
  const auto target = file();
  const auto source = file();
  ASSERT_EQ(show(source).assignee, sari);
  merge({source}, target);
  as(admin, RemoveAgent{sari});
  const auto after = as(admin, UnmergeTicket{source});
  EXPECT_EQ(after.assignee, dewi);
  EXPECT_EQ(after.owner, dewi);
}

TEST_F(Unmerge, RestoresAPostponementThatMayHaveRunOut) {
  const auto target = file();
  const auto source = file();
  as(sari, PostponeTicket{source, clock_.now().wall + hours{2}});
  merge({source}, target);
  EXPECT_EQ(unmerge(source).status, TicketStatus::postponed);
  merge({source}, target);
  clock_.advance(hours{3});
  EXPECT_EQ(unmerge(source).status, TicketStatus::assigned);
}

TEST_F(Unmerge, GivesAResolvedTicketItsOwnAnswerBack) {
  const auto target = file();
  const auto source = file();
  as(sari, ResolveTicket{source, "its own"});
  merge({source}, target);
  as(sari, ResolveTicket{target, "the target's"});
  EXPECT_EQ(show(source).answer, "the target's");
  EXPECT_EQ(unmerge(source).status, TicketStatus::resolved);
  EXPECT_EQ(show(source).answer, "its own");
}

TEST_F(Unmerge, ComparesTheTicketsOwnVersion) {
  const auto target = file();
  const auto source = file();
  merge({source}, target);
  const auto version = show(source).version;
  expect_error(ErrorCode::version_moved,
               [&] { desk_.perform(Call{.caller = sari, .if_version = version + 1}, UnmergeTicket{source}); });
  EXPECT_GT(desk_.perform(Call{.caller = sari, .if_version = version}, UnmergeTicket{source}).result.version, version);
}

TEST_F(Unmerge, FindsAnotherOwnerWhenTheFirstHasLeft) {
  const auto target = file_unlike("Budi").number;
  const auto source = as(admin, NewTicket{.title = "Monitor gelap", .reporter = "Budi", .not_duplicate = true}).number;
  const auto owner = *show(source).owner;
  const auto other = owner == sari ? dewi : sari;
  as(admin, AssignTicket{source, other});
  merge({source}, target);
  as(admin, RemoveAgent{owner});
  const auto back = as(admin, UnmergeTicket{source});
  EXPECT_EQ(back.assignee, other);
  EXPECT_EQ(back.owner, other);
}

TEST_F(Unmerge, LeavesATicketAsideWhoseAgentHasLeft) {
  const auto target = file_unlike("Budi").number;
  const auto source = as(admin, NewTicket{.title = "Monitor gelap", .reporter = "Budi", .not_duplicate = true}).number;
  const auto agent = *show(source).assignee;
  const auto until = clock_.now().wall + hours{5};
  as(agent, PostponeTicket{source, until});
  merge({source}, target);
  as(admin, RemoveAgent{agent});
  const auto back = as(admin, UnmergeTicket{source});
  EXPECT_EQ(back.status, TicketStatus::postponed);
  EXPECT_EQ(back.postponed_until, until);
  EXPECT_NE(back.assignee, agent);
}

}  // namespace
}  // namespace gilir
