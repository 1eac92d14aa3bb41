#include "core/event/event_table.h"

#include "tests/fakes/expect_error.h"

namespace gilir {
namespace {

constexpr const char* schema =
    "CREATE TABLE event (number INTEGER PRIMARY KEY, \"at\" INTEGER NOT NULL, actor TEXT NOT NULL, kind TEXT NOT NULL, "
    "facts TEXT NOT NULL, hash TEXT NOT NULL) STRICT;"
    "CREATE TABLE event_subject (kind TEXT NOT NULL, name TEXT NOT NULL, event INTEGER NOT NULL, "
    "PRIMARY KEY (kind, name, event)) STRICT, WITHOUT ROWID";

class EventLogTest : public testing::Test {
 protected:
  EventLogTest() : connection_({":memory:", true}) { connection_.script(schema); }

  // One operation's log.
  EventLog log(const std::string& actor = "sari") { return {connection_, WallTime{Seconds{1000}}, AgentName{actor}}; }

  void file_three_tickets() {
    auto events = log();
    for (std::int64_t number = 41; number <= 43; ++number) {
      events.append(EventKind::ticket_filed, {subject(TicketNumber{number}), subject(AgentName{"sari"})},
                    {.ticket = TicketNumber{number}, .title = "printer"});
    }
  }

  std::vector<Event> events_of(const Subject& subject) {
    EventFilter filter;
    filter.subject = subject;
    return read_events(connection_, filter);
  }
  // The numbers of a page: "2 3".
  std::string page(EventNumber after, std::size_t limit, bool newest = false) {
    EventFilter filter;
    filter.after = after;
    filter.limit = limit;
    filter.newest = newest;
    std::string numbers;
    for (const auto& event : read_events(connection_, filter)) {
      numbers += (numbers.empty() ? "" : " ") + std::to_string(event.number.value);
    }
    return numbers;
  }

  LogHead verify(const std::optional<LogHead>& expected = std::nullopt) { return verify_log(connection_, expected); }

  // The event that verification complains about, and the problem.
  std::string broken(const std::optional<LogHead>& expected = std::nullopt) {
    const auto error = thrown_by([&] { verify(expected); });
    EXPECT_EQ(error.code(), ErrorCode::chain_broken);
    return error.text("event") + " " + error.text("problem");
  }

  store::Connection connection_;
};

TEST_F(EventLogTest, NumbersEventsWithoutGaps) {
  file_three_tickets();
  file_three_tickets();
  EXPECT_EQ(page({}, 100), "1 2 3 4 5 6");
}

TEST_F(EventLogTest, KeepsWhatHappened) {
  file_three_tickets();
  const auto event = read_events(connection_, {}).front();
  EXPECT_EQ(event.kind, "ticket.filed");
  EXPECT_EQ(event.actor, AgentName{"sari"});
  EXPECT_EQ(event.at, WallTime{Seconds{1000}});
  EXPECT_EQ(event.facts.ticket, TicketNumber{41});
  EXPECT_EQ(event.facts.title, "printer");
  EXPECT_EQ(event.subjects, (std::vector{subject(AgentName{"sari"}), subject(TicketNumber{41})}));
}

TEST_F(EventLogTest, FindsEventsBySubject) {
  file_three_tickets();
  const auto events = events_of(subject(TicketNumber{42}));
  ASSERT_EQ(events.size(), 1U);
  EXPECT_EQ(events.front().number.value, 2);
  EXPECT_EQ(events_of(subject(AgentName{"sari"})).size(), 3U);
  EXPECT_TRUE(events_of(subject(ServerName{"sari"})).empty());
}

TEST_F(EventLogTest, ReadsPagesInOrderAndTheNewestInOrderToo) {
  file_three_tickets();
  EXPECT_EQ(page({1}, 1), "2");
  EXPECT_EQ(page({1}, 9), "2 3");
  EXPECT_EQ(page({}, 2, true), "2 3");
}

TEST_F(EventLogTest, AWholeChainVerifiesAndEndsInItsHead) {
  EXPECT_EQ(verify(), LogHead{});
  file_three_tickets();
  EXPECT_EQ(verify(), read_head(connection_));
  EXPECT_EQ(verify().number.value, 3);
}

TEST_F(EventLogTest, AnEarlierHeadIsFoundInALongerChain) {
  file_three_tickets();
  const auto kept = verify();
  file_three_tickets();
  EXPECT_EQ(verify(kept).number.value, 6);
}

TEST_F(EventLogTest, NoticesEveryChangeOfAnEvent) {
  for (const std::string change :
       {"actor = 'budi'", "at = at + 1", "kind = 'ticket.noted'", "facts = '{\"ticket\":99}'", "hash = 'deadbeef'"}) {
    SCOPED_TRACE(change);
    connection_.script("DELETE FROM event; DELETE FROM event_subject");
    file_three_tickets();
    connection_.run("UPDATE event SET " + change + " WHERE number = 2");
    EXPECT_EQ(broken(), "2 changed");
  }
}

TEST_F(EventLogTest, NoticesAChangedSubject) {
  file_three_tickets();
  connection_.run("UPDATE event_subject SET name = '99' WHERE kind = 'ticket' AND event = 2");
  EXPECT_EQ(broken(), "2 changed");
}

TEST_F(EventLogTest, NoticesARemovedEvent) {
  file_three_tickets();
  connection_.run("DELETE FROM event WHERE number = 2");
  EXPECT_EQ(broken(), "2 missing");
}

TEST_F(EventLogTest, NoticesARemovedEventWhoseNumberWasClosedUp) {
  file_three_tickets();
  connection_.run("DELETE FROM event WHERE number = 2");
  connection_.run("UPDATE event SET number = 2 WHERE number = 3");
  EXPECT_EQ(broken(), "2 changed");
}

TEST_F(EventLogTest, NoticesThatTheEndWasCutOffByAHeadKeptElsewhere) {
  file_three_tickets();
  const auto kept = verify();
  connection_.run("DELETE FROM event WHERE number = 3");
  EXPECT_EQ(verify().number.value, 2);
  EXPECT_EQ(broken(kept), "3 head");
}

TEST_F(EventLogTest, NoticesAHistoryThatWasWrittenAnewByAHeadKeptElsewhere) {
  file_three_tickets();
  const auto kept = verify();
  connection_.script("DELETE FROM event; DELETE FROM event_subject");
  auto events = log("mallory");
  for (int i = 0; i < 5; ++i) events.append(EventKind::ticket_closed, {subject(TicketNumber{41})}, {});
  EXPECT_EQ(verify().number.value, 5);
  EXPECT_EQ(broken(kept), "3 head");
}

TEST(EventKind, NamesHaveADotAndCanBeReadBack) {
  EXPECT_EQ(event_name(EventKind::ticket_filed), "ticket.filed");
  EXPECT_EQ(event_name(EventKind::lock_wait_ended), "lock.wait_ended");
  EXPECT_EQ(event_kind_from_name("lock.wait_ended"), EventKind::lock_wait_ended);
  EXPECT_FALSE(event_kind_from_name("lock.imagined"));
}

}  // namespace
}  // namespace gilir
