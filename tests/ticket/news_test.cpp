// What is told of tickets that one does not look at: whom an answer is for, promises that were broken, why a ticket
// went up, what was merged, and what others do for a ticket that one answers for.
#include "core/desk/migrations.h"
#include "core/operations/desk/show.h"
#include "core/operations/desk/tick.h"
#include "core/operations/people/reporter.h"
#include "core/operations/ticket/assign.h"
#include "core/operations/ticket/edit.h"
#include "core/operations/ticket/escalate.h"
#include "core/operations/ticket/list.h"
#include "core/operations/ticket/next.h"
#include "core/operations/ticket/reply.h"
#include "core/operations/ticket/resolve.h"
#include "core/operations/ticket/start.h"
#include "core/operations/ticket/unmerge.h"
#include "tests/ticket/ticket_fixture.h"

namespace gilir {
namespace {

using std::chrono::minutes;

class News : public TicketDesk {
 protected:
  News() { add_agent(sari); }

  DeskView home(const AgentName& agent) { return as(agent, ShowDesk{}); }
  std::size_t broken() {
    ReadLog all;
    all.limit = 1000;
    const auto events = as(admin, all).events;
    return static_cast<std::size_t>(std::ranges::count(events, "promise.broken", &Event::kind));
  }
};

TEST_F(News, OfAnAnswerNameEverybodyWhoAskedInTheTicketAndInTheEvent) {
  as(admin, AddReporter{"Budi", "kantor-123", "budi@example.org"});
  const auto first = file("Printer mati", "Budi", "kantor-123");
  const auto second = file("Gaji salah", "Citra", "kantor-9");
  merge({second.number}, first.number, true);
  const auto resolved = as(sari, ResolveTicket{first.number, "Sudah."});
  const auto event = last("ticket.resolved", first.number);
  for (const auto& voices : {resolved.voices, event.facts.voices}) {
    ASSERT_EQ(voices.size(), 2u);
    EXPECT_EQ(to_json(voices[0]), R"({"name":"Budi","office":"kantor-123","contact":"budi@example.org"})");
    EXPECT_EQ(to_json(voices[1]), R"({"name":"Citra","office":"kantor-9","contact":""})");
  }
  const auto seen = show(second.number, true);
  ASSERT_EQ(seen.voices.size(), 1u);
  EXPECT_EQ(seen.voices[0].name, "Citra");
}

TEST_F(News, ThatAreOverdueAreToldOnceByTheNextChangeOrATick) {
  const auto ticket = file();
  const auto other = file();
  as(sari, ReplyToTicket{ticket, "wait", minutes{10}});
  const auto due = show(ticket).next_news;
  clock_.advance(minutes{9});
  as(admin, TickDesk{});
  EXPECT_EQ(broken(), 0u);
  clock_.advance(minutes{2});
  as(sari, StartTicket{other});
  ASSERT_EQ(broken(), 1u);
  const auto event = last("promise.broken", ticket);
  EXPECT_EQ(event.facts.due, due);
  EXPECT_EQ(event.facts.agent, sari);
  as(admin, TickDesk{});
  as(sari, StartTicket{ticket});
  EXPECT_EQ(broken(), 1u);
  as(sari, ReplyToTicket{ticket, "wait more", minutes{10}});
  clock_.advance(minutes{11});
  EXPECT_EQ(as(admin, TickDesk{}).due.front().event, "promise.broken");
  EXPECT_EQ(broken(), 2u);
  as(sari, ReplyToTicket{ticket, "and more", minutes{10}});
  as(sari, ResolveTicket{ticket, "done"});
  clock_.advance(minutes{11});
  as(admin, TickDesk{});
  EXPECT_EQ(broken(), 2u);
}

TEST_F(News, ThatAreOverdueStandAtTheHomesOfOwnerAndSupervisor) {
  add_agent(dewi, 2);
  as(admin, AddAgent{agus, 3, Role::supervisor});
  const auto ticket = file();
  as(sari, ReplyToTicket{ticket, "wait", minutes{10}});
  as(sari, EscalateTicket{.number = ticket, .reason = "needs a DBA"});
  EXPECT_TRUE(home(agus).overdue.empty());
  clock_.advance(minutes{11});
  ASSERT_EQ(home(agus).overdue.size(), 1u);
  EXPECT_EQ(home(agus).overdue[0].owner, sari);
  EXPECT_EQ(home(agus).overdue[0].assignee, dewi);
  ASSERT_EQ(home(sari).answers_for.size(), 1u);
  EXPECT_EQ(home(sari).answers_for[0].assignee, dewi);
  EXPECT_TRUE(home(sari).overdue.empty());
  EXPECT_TRUE(home(sari).tickets.empty());
}

TEST_F(News, ThatAreOverdueComeBeforeTicketsWithoutABrokenPromiseAndAfterUrgentOnes) {
  std::vector<TicketNumber> numbers;
  for (int i = 0; i < 23; ++i) numbers.push_back(file());
  as(sari, ReplyToTicket{numbers[2], "wait", minutes{60}});
  as(sari, ReplyToTicket{numbers[22], "wait", minutes{10}});
  as(sari, ReplyToTicket{numbers[21], "wait", minutes{11}});
  as(sari, EditTicket{.number = numbers[1], .urgent = true});
  const auto first = [&](std::size_t count) {
    std::vector<TicketNumber> found;
    for (const auto& ticket : home(sari).tickets) found.push_back(ticket.number);
    EXPECT_EQ(found.size(), 20u);
    found.resize(count);
    return found;
  };
  EXPECT_EQ(first(4), (std::vector{numbers[1], numbers[0], numbers[2], numbers[3]}));
  clock_.advance(minutes{12});
  EXPECT_EQ(first(4), (std::vector{numbers[1], numbers[22], numbers[21], numbers[0]}));
  EXPECT_EQ(as(sari, NextTicket{}).number, numbers[1]);
  as(sari, EditTicket{.number = numbers[1], .urgent = false});
  EXPECT_EQ(as(sari, NextTicket{}).number, numbers[22]);
  EXPECT_EQ(first(2), (std::vector{numbers[22], numbers[21]}));
}

TEST_F(News, ThatAreOverdueComeFirstAlsoAmongTheTicketsThatOneAnswersFor) {
  add_agent(dewi, 2);
  const auto first = file();
  const auto second = file();
  as(sari, ReplyToTicket{second, "wait", minutes{10}});
  for (const auto number : {first, second}) as(sari, EscalateTicket{.number = number, .reason = "needs a DBA"});
  EXPECT_EQ(home(sari).answers_for.at(0).number, first);
  clock_.advance(minutes{11});
  EXPECT_EQ(home(sari).answers_for.at(0).number, second);
}

TEST_F(News, ThatWerePromisedAreGivenByAReplyAndOnlyPromisedAgainByNextNews) {
  const auto ticket = file();
  as(sari, ReplyToTicket{ticket, "wait", minutes{10}});
  clock_.advance(minutes{11});
  EXPECT_EQ(as(sari, ListTickets{.overdue = true}).tickets.size(), 1u);
  EXPECT_FALSE(as(sari, ReplyToTicket{ticket, "here they are"}).next_news);
  EXPECT_TRUE(as(sari, ListTickets{.overdue = true}).tickets.empty());
  EXPECT_FALSE(last("ticket.replied", ticket).facts.next_news);
  clock_.advance(minutes{11});
  as(admin, TickDesk{});
  EXPECT_EQ(broken(), 1u);
  EXPECT_TRUE(as(sari, ReplyToTicket{ticket, "and more later", minutes{10}}).next_news);
}

TEST_F(News, OfAnEscalationSayWhyToWhoeverGetsItUntilTheyBegin) {
  add_agent(dewi, 2);
  const auto ticket = file();
  EXPECT_FALSE(show(ticket).escalation);
  as(sari, EscalateTicket{.number = ticket, .reason = "needs a DBA"});
  ASSERT_TRUE(show(ticket).escalation);
  EXPECT_EQ(show(ticket).escalation->reason, "needs a DBA");
  EXPECT_EQ(show(ticket).escalation->by, sari);
  EXPECT_EQ(show(ticket).escalation->from_tier, 1);
  EXPECT_EQ(as(dewi, NextTicket{}).escalation->reason, "needs a DBA");
  EXPECT_EQ(home(dewi).tickets[0].escalation->reason, "needs a DBA");
  EXPECT_FALSE(show(ticket, true).escalation) << "it is for colleagues";
  as(dewi, StartTicket{ticket});
  EXPECT_FALSE(home(dewi).tickets[0].escalation);
  EXPECT_TRUE(show(ticket).escalation);
}

TEST_F(News, OfAMergeStandAtTheHomesOfBothAgentsUntilTheyHaveLooked) {
  add_agent(dewi);
  const auto target = file_unlike();
  const auto source = file_unlike("Citra", "kantor-9");
  ASSERT_EQ(target.assignee, dewi);
  ASSERT_EQ(source.assignee, sari);
  merge({source.number}, target.number, true);
  for (const auto& agent : {sari, dewi}) {
    ASSERT_EQ(home(agent).merges.size(), 1u);
    EXPECT_EQ(home(agent).merges[0].number, source.number);
    EXPECT_EQ(home(agent).merges[0].into, target.number);
    EXPECT_EQ(home(agent).merges[0].assignee, dewi);
  }
  EXPECT_TRUE(home(admin).merges.empty()) << "who did it knows";
  EXPECT_TRUE(as(dewi, ShowTicket{source.number}).unseen_merge);
  as(dewi, SeeTicket{source.number});
  EXPECT_TRUE(home(dewi).merges.empty());
  EXPECT_FALSE(as(dewi, ShowTicket{source.number}).unseen_merge);
  EXPECT_EQ(home(sari).merges.size(), 1u);
  EXPECT_TRUE(as(sari, ShowTicket{target.number}).unseen_merge);
  as(admin, UnmergeTicket{source.number});
  EXPECT_TRUE(home(sari).merges.empty());
  EXPECT_FALSE(as(sari, ShowTicket{target.number}).unseen_merge);
}

TEST_F(News, OfAMergeListTheTextsInTheTarget) {
  const auto target = file("Printer mati", "Budi", "kantor-123");
  const auto source = file("Gaji salah", "Citra", "kantor-9", "Kurang " + std::string(5000, 'x'));
  merge({source.number}, target.number, true);
  const auto shown = show(target.number);
  ASSERT_EQ(shown.part_count, 1);
  EXPECT_EQ(shown.parts.at(0).number, source.number);
  EXPECT_EQ(shown.parts[0].title, "Gaji salah");
  EXPECT_EQ(shown.parts[0].reporter.name, "Citra");
  EXPECT_EQ(shown.parts[0].merged_by, admin);
  EXPECT_TRUE(shown.parts[0].body.starts_with("Kurang xxx"));
  EXPECT_LT(shown.parts[0].body.size(), 2100u);
  EXPECT_TRUE(show(target.number, true).parts.empty());
}

TEST_F(News, OfEscalationsBeforeTheMigrationAreKept) {
  store::Connection connection({":memory:", true, nullptr});
  const auto migrations = desk_migrations();
  std::size_t next = 0;
  while (migrations[next].script.find("ADD COLUMN escalation") == std::string::npos)
    store::apply(connection, migrations[next++]);
  connection.script(
      "INSERT INTO reporter (id, name, office, contact) VALUES (1, 'Budi', '', '');"
      "INSERT INTO ticket (number, title, body, status, category, reporter, tier, urgent, created, updated, version)"
      " VALUES (1, 'x', '', 'assigned', '', 1, 2, 0, 0, 0, 1), (2, 'y', '', 'assigned', '', 1, 1, 0, 0, 0, 1);"
      "INSERT INTO event (number, at, actor, kind, facts, hash) VALUES (7, 0, 'sari', 'ticket.escalated', '{}', 'h');"
      "INSERT INTO event_subject (kind, name, event) VALUES ('ticket', '1', 7)");
  for (; next < migrations.size(); ++next) store::apply(connection, migrations[next]);
  EXPECT_EQ(connection.first<std::int64_t>("SELECT escalation FROM ticket WHERE number = 1"), 7);
  EXPECT_EQ(connection.first<std::int64_t>("SELECT count(*) FROM ticket WHERE escalation IS NULL"), 1);
}

}  // namespace
}  // namespace gilir
