#include "core/operations/lock/acquire.h"
#include "core/operations/server/add.h"
#include "core/operations/ticket/close.h"
#include "core/operations/ticket/reply.h"
#include "core/operations/ticket/resolve.h"
#include "core/operations/ticket/unmerge.h"
#include "tests/ticket/ticket_fixture.h"

namespace gilir {
namespace {

class Merge : public TicketDesk {
 protected:
  Merge() {
    add_agent(sari);
    add_agent(dewi);
  }
};

TEST_F(Merge, MakesSeveralTicketsOneAndLetsEveryNumberLive) {
  const auto target = file();
  const auto one = file();
  const auto other = file();
  const auto result = merge({one, other}, target);
  ASSERT_EQ(result.merged.size(), 2u);
  EXPECT_EQ(result.merged[0].number, one);
  EXPECT_EQ(result.merged[0].into, target);
  for (const auto number : {one, other}) {
    EXPECT_EQ(show(number).status, TicketStatus::merged);
    EXPECT_EQ(show(number).merged_into, target);
    EXPECT_FALSE(show(number).assignee);
  }
}

TEST_F(Merge, ResolvesChains) {
  const auto a = file();
  const auto b = file();
  const auto c = file();
  merge({b}, a);
  merge({a}, c);
  EXPECT_EQ(show(b).merged_into, a);
  EXPECT_EQ(show(b).target->number, c);
  const auto d = file();
  EXPECT_EQ(merge({d}, b).merged[0].into, c);
}

TEST_F(Merge, MovesTheEndOfTheChainWhenAMergedNumberIsMerged) {
  const auto a = file();
  const auto b = file();
  const auto c = file();
  merge({b}, a);
  EXPECT_EQ(merge({b}, c).merged[0].number, a);
  EXPECT_EQ(show(a).merged_into, c);
}

TEST_F(Merge, RefusesALoop) {
  const auto a = file();
  const auto b = file();
  merge({b}, a);
  expect_error(ErrorCode::merge_loop, [&] { merge({a}, a); });
  expect_error(ErrorCode::merge_loop, [&] { merge({a}, b); });
  expect_error(ErrorCode::wrong_state, [&] { merge({b}, a); });
}

TEST_F(Merge, NeedsConsentAcrossReportersAndOffices) {
  const auto a = file_unlike("Budi", "kantor-123").number;
  const auto b = file_unlike("Ani", "kantor-123").number;
  const auto c = file_unlike("Budi", "kantor-7").number;
  expect_error(ErrorCode::cross_reporter, [&] { merge({b}, a); });
  expect_error(ErrorCode::cross_reporter, [&] { merge({c}, a); });
  merge({b, c}, a, true);
  EXPECT_EQ(show(a).voice_count, 3);
}

TEST_F(Merge, CountsEachReporterOnceAsAVoice) {
  const auto a = file_unlike("Budi", "kantor-123").number;
  const auto b = file_unlike("Budi", "kantor-123").number;
  merge({b}, a);
  EXPECT_EQ(show(a).voice_count, 1);
}

TEST_F(Merge, DoesAllOrNothing) {
  const auto target = file();
  const auto good = file();
  const auto closed = file();
  as(sari, ResolveTicket{closed, "x"});
  as(sari, CloseTicket{closed});
  expect_error(ErrorCode::wrong_state, [&] { merge({good, closed}, target); });
  EXPECT_EQ(show(good).status, TicketStatus::assigned);
  expect_error(ErrorCode::wrong_state, [&] { merge({good}, closed); });
  EXPECT_TRUE(merge({}, target).merged.empty());
}

TEST_F(Merge, TakesAListThatHoldsAlreadyMergedNumbersForTheTicketsTheyLeadTo) {
  const auto target = file();
  const auto a = file();
  const auto b = file();
  merge({b}, a);
  const auto result = merge({a, b}, target);
  ASSERT_EQ(result.merged.size(), 1u);
  EXPECT_EQ(result.merged[0].number, a);
}

TEST_F(Merge, MakesTheTargetUrgentAndKeepsTheEarlierPromise) {
  const auto target = file();
  const auto urgent = as(admin, NewTicket{.title = "Server mati", .reporter = "Budi", .urgent = true}).number;
  as(sari, ReplyToTicket{target, "x", Milliseconds{std::chrono::hours{4}}});
  as(sari, ReplyToTicket{urgent, "x", Milliseconds{std::chrono::hours{1}}});
  merge({urgent}, target);
  EXPECT_TRUE(show(target).urgent);
  EXPECT_EQ(show(target).next_news, clock_.now().wall + std::chrono::hours{1});
  EXPECT_FALSE(show(urgent).next_news);
  EXPECT_EQ(last("ticket.merged", target).facts.changes, "urgent");
}

TEST_F(Merge, IntoAResolvedTicketDropsThePromiseUntilItIsTakenBack) {
  const auto target = file();
  const auto source = file();
  as(sari, ReplyToTicket{source, "soon", Milliseconds{std::chrono::hours{1}}});
  const auto promise = show(source).next_news;
  as(sari, ResolveTicket{target, "done"});
  merge({source}, target);
  EXPECT_FALSE(show(target).next_news);
  as(sari, UnmergeTicket{source});
  EXPECT_EQ(show(source).next_news, promise);
  EXPECT_FALSE(show(target).next_news);
}

TEST_F(Merge, IsSeenByBothAssigneesAndBothTickets) {
  const auto target = file();
  const auto source = file();
  merge({source}, target);
  const auto event = last("ticket.merged", source);
  EXPECT_TRUE(concerns(event, target));
  for (const auto& agent : {sari, dewi}) {
    EXPECT_NE(std::ranges::find(event.subjects, subject(agent)), event.subjects.end()) << agent.value;
  }
}

TEST_F(Merge, ComparesTheTargetsVersion) {
  const auto target = file();
  const auto source = file();
  const auto version = show(target).version;
  expect_error(ErrorCode::version_moved, [&] {
    desk_.perform(Call{.caller = sari, .if_version = version + 1}, MergeTickets{{source}, target});
  });
  desk_.perform(Call{.caller = sari, .if_version = version}, MergeTickets{{source}, target});
  EXPECT_EQ(show(target).version, version + 1);
}

TEST_F(Merge, TakesHoldsAlongAndTellsWhich) {
  AddServer server;
  server.name = ServerName{"kantor-123"};
  server.host = "127.0.0.1";
  as(admin, server);
  const auto target = file();
  const auto source = file();
  AcquireLock acquire;
  acquire.servers = {ServerName{"kantor-123"}};
  acquire.duration_s = Seconds{600};
  acquire.ticket = source;
  const auto hold = as(sari, acquire).leases.front().hold;
  EXPECT_EQ(merge({source}, target).merged[0].moved, "hold:" + std::to_string(hold.value));
}

}  // namespace
}  // namespace gilir
