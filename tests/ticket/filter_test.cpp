// Each filter of a list by itself; and reporters and offices whose names are the same.
#include "core/base/name_key.h"
#include "core/desk/migrations.h"
#include "core/operations/desk/repair.h"
#include "core/operations/people/reporter.h"
#include "core/operations/people/reporter_change.h"
#include "core/operations/ticket/list.h"
#include "core/operations/ticket/reply.h"
#include "core/operations/ticket/start.h"
#include "core/operations/ticket/voice.h"
#include "core/people/people_table.h"
#include "tests/ticket/ticket_fixture.h"

namespace gilir {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using Numbers = std::vector<std::int64_t>;

class Filters : public TicketDesk {
 protected:
  Filters() { add_agent(sari); }
  Numbers numbers(ListTickets operation) {
    operation.limit = 2;
    operation.count = true;
    Numbers all;
    while (true) {
      const auto page = as(sari, operation);
      for (const auto& line : page.tickets) all.push_back(line.number.value);
      if (!page.next) {
        operation.after.reset();
        EXPECT_EQ(as(sari, operation).total, static_cast<std::int64_t>(all.size()));
        return all;
      }
      operation.after = page.next;
    }
  }
};

TEST_F(Filters, TakeAnOfficeHoweverItIsWritten) {
  file_unlike("Budi", "Kantor 123");
  file_unlike("Citra", "kantor  123");
  file_unlike("Budi", "kantor-9");
  EXPECT_EQ(numbers({.office = "KANTOR 123"}), (Numbers{2, 1}));
  const auto error = thrown_by([&] { numbers({.office = "kantor 124"}); });
  EXPECT_EQ(error.code(), ErrorCode::not_found);
  EXPECT_EQ(error.text("kind"), "office");
}

TEST_F(Filters, TakeTheTimeOfFiling) {
  Numbers all;
  std::vector<WallTime> times;
  for (int i = 0; i < 4; ++i) {
    times.push_back(clock_.now().wall);
    file();
    clock_.advance(hours{1});
  }
  EXPECT_EQ(numbers({.since = times[2]}), (Numbers{4, 3}));
  EXPECT_EQ(numbers({.until = times[1]}), (Numbers{2, 1}));
  EXPECT_EQ(numbers({.since = times[1], .until = times[2]}), (Numbers{3, 2}));
  EXPECT_EQ(numbers({.since = clock_.now().wall}), Numbers{});
  EXPECT_EQ(numbers({.until = times[0] - hours{1}}), Numbers{});
}

TEST_F(Filters, TakeTheTimeOfFilingOnceAClockThatWasAheadIsSetBack) {
  const auto start = clock_.now().wall;
  const auto file_at = [&](hours at) {
    clock_.set_wall(start + at);
    as(admin, RepairDesk{.clock = true});
    file();
  };
  // Numbers 1 to 8.
  for (const auto at : {0, 50, 51, 1, 2, 40, 3, 4}) file_at(hours{at});
  const auto since = [&](int at) { return numbers({.since = start + hours{at}}); };
  const auto until = [&](int at) { return numbers({.until = start + hours{at}}); };
  EXPECT_EQ(since(3), (Numbers{8, 7, 6, 3, 2}));
  EXPECT_EQ(since(51), (Numbers{3}));
  EXPECT_EQ(since(52), Numbers{});
  EXPECT_EQ(until(2), (Numbers{5, 4, 1}));
  EXPECT_EQ(until(45), (Numbers{8, 7, 6, 5, 4, 1}));
  EXPECT_EQ(until(-1), Numbers{});
  EXPECT_EQ(numbers({.since = start + hours{2}, .until = start + hours{40}}), (Numbers{8, 7, 6, 5}));
  EXPECT_EQ(numbers({.since = start + hours{41}, .until = start + hours{50}, .sort = TicketOrder::updated}),
            (Numbers{2}));
}

TEST_F(Filters, FindWhatIsOverdueAndWhatIsSilentTheLongestFirst) {
  for (int i = 0; i < 4; ++i) file();
  as(sari, ReplyToTicket{{3}, "wait", minutes{20}});
  as(sari, ReplyToTicket{{2}, "wait", minutes{10}});
  as(sari, ReplyToTicket{{4}, "wait", hours{20}});
  EXPECT_EQ(numbers({.overdue = true}), Numbers{});
  clock_.advance(hours{1});
  EXPECT_EQ(numbers({.overdue = true}), (Numbers{2, 3}));
  EXPECT_EQ(numbers({.overdue = true, .sort = TicketOrder::number}), (Numbers{3, 2}));
  as(sari, StartTicket{{1}});
  EXPECT_EQ(numbers({.silent_s = minutes{30}}), (Numbers{2, 3, 4}));
  EXPECT_EQ(numbers({.silent_s = hours{2}}), Numbers{});
}

TEST(NameKey, IsTheSameButForCaseBlanksAndUnicodeForm) {
  EXPECT_EQ(name_key(" Agus \t Setiawan"), name_key("agus setiawan"));
  EXPECT_EQ(name_key("Jos\u00e9"), name_key("JOSE\u0301"));
  EXPECT_EQ(name_key("\uff2b\uff21\uff2e\uff34\uff2f\uff32\u3000\uff11"), "kantor 1");
  EXPECT_EQ(name_key("kan\u00adtor"), "kantor");
  EXPECT_EQ(name_key("Stra\u00dfe"), name_key("STRASSE"));
  EXPECT_NE(name_key("kantor-12"), name_key("kantor-123"));
  EXPECT_NE(name_key("\u200b"), "");
  EXPECT_EQ(name_key(std::string("a\xff", 2)), "a\uFFFD");
  EXPECT_EQ(name_key(""), "");
}

class SameReporters : public Filters {};

TEST_F(SameReporters, AreOneButForCaseBlanksAndUnicodeForm) {
  file_unlike("Agus Setiawan", "Kantor 123");
  EXPECT_EQ(file_unlike("agus  setiawan", "kantor 123").reporter.name, "Agus Setiawan");
  EXPECT_FALSE(file_unlike("AGUS SETIAWAN", " KANTOR 123").new_reporter);
  EXPECT_EQ(as(sari, ListReporters{}).reporters.size(), 1u);
  EXPECT_EQ(file_unlike("Budi", "kantor 123").reporter.office, "Kantor 123");
  expect_error(ErrorCode::exists, [&] { as(admin, AddReporter{"budi", "KANTOR  123", ""}); });
  EXPECT_EQ(as(sari, ShowReporter{"agus setiawan"}).name, "Agus Setiawan");
  EXPECT_EQ(numbers({.reporter = "agus setiawan"}).size(), 3u);
}

TEST_F(SameReporters, AreLookedForByNearNamesThatDifferInNoNumber) {
  file_unlike("Agus Setiawan", "kantor-123");
  const auto near = [&](const std::string& name, const std::string& office) {
    std::vector<std::string> names;
    for (const auto& one : as(sari, FindNearReporters{name, office}).reporters) names.push_back(one.name);
    return names;
  };
  EXPECT_EQ(near("Agus Setyawan", "kantor-123"), std::vector<std::string>{"Agus Setiawan"});
  EXPECT_EQ(near("agus setiawan", "kantor 123"), std::vector<std::string>{"Agus Setiawan"});
  EXPECT_TRUE(near("Agus Setiawan", "kantor-124").empty());
  EXPECT_TRUE(near("Agus Setiawan", "kantor-123").empty());
  EXPECT_TRUE(near("Wulan", "kantor-123").empty());
}

TEST_F(SameReporters, AreMadeOneAndFoundByBothNames) {
  const auto first = file_unlike("Agus Setiawan", "kantor-123");
  const auto second = file_unlike("A. Setiawan", "kantor-123");
  as(admin, AddVoice{first.number, "A. Setiawan", "kantor-123"});
  EXPECT_EQ(show(first.number).voice_count, 2);
  expect_error(ErrorCode::not_allowed,
               [&] { as(sari, MergeReporter{.name = "A. Setiawan", .into = "Agus Setiawan"}); });
  const auto merged = as(admin, MergeReporter{.name = "A. Setiawan", .into = "agus setiawan"});
  EXPECT_EQ(merged.name, "Agus Setiawan");
  EXPECT_EQ(merged.open_tickets, 2);
  EXPECT_EQ(show(second.number).reporter.name, "Agus Setiawan");
  EXPECT_EQ(show(first.number).voice_count, 1);
  EXPECT_FALSE(file_unlike("a. setiawan", "kantor-123").new_reporter);
  EXPECT_EQ(as(sari, ShowReporter{"A. Setiawan"}).name, "Agus Setiawan");
  expect_error(ErrorCode::invalid, [&] { as(admin, MergeReporter{.name = "A. Setiawan", .into = "Agus Setiawan"}); });
}

TEST_F(SameReporters, LeaveTheirIdToNobodyElseWhenTheyAreMerged) {
  const auto id_of = [&](const FiledTicket& ticket) {
    const auto filed = last("ticket.filed", ticket.number);
    const auto who = std::ranges::find(filed.subjects, SubjectKind::reporter, &Subject::kind);
    return who == filed.subjects.end() ? std::string() : who->name;
  };
  file_unlike("Agus Setiawan", "kantor-123");
  const auto merged = file_unlike("A. Setiawan", "kantor-123");
  as(admin, MergeReporter{.name = "A. Setiawan", .into = "Agus Setiawan"});
  EXPECT_EQ(id_of(merged), "2");
  EXPECT_EQ(id_of(file_unlike("Wati", "kantor-7")), "3");
}

TEST(ReportersOfAnEarlierProgram, LeaveIdsThatTheLogKnowsToNobodyElse) {
  store::Connection connection({":memory:", true, nullptr});
  const auto migrations = desk_migrations();
  std::size_t next = 0;
  while (migrations[next].script.find("'reporter'") == std::string::npos) store::apply(connection, migrations[next++]);
  connection.script(
      "INSERT INTO reporter (id, name, office, contact) VALUES (2, 'Agus', '', '');"
      "INSERT INTO event_subject VALUES ('reporter', '9', 1), ('reporter', '10', 1), ('ticket', '41', 1)");
  for (; next < migrations.size(); ++next) store::apply(connection, migrations[next]);
  EXPECT_EQ(add_reporter(connection, {0, "Wati", "", ""}).id, 11);
}

// As a desk was left by the program that compared names as they were written.
TEST(ReportersOfAnEarlierProgram, WorkOnThoughTheyAreTheSame) {
  store::Connection connection({":memory:", true, nullptr});
  const auto migrations = desk_migrations();
  std::size_t next = 0;
  while (migrations[next].script.find("ADD COLUMN name_key") == std::string::npos)
    store::apply(connection, migrations[next++]);
  connection.script(
      "INSERT INTO reporter (id, name, office, contact) VALUES (1, 'agus setiawan', 'kantor 123', ''),"
      " (2, 'Agus Setiawan', 'kantor 123', ''), (3, 'Agus Setiawan', 'Kantor 123', '')");
  for (; next < migrations.size(); ++next) store::apply(connection, migrations[next]);
  EXPECT_EQ(find_reporter(connection, "Agus Setiawan", "Kantor 123")->id, 3);
  EXPECT_EQ(find_reporter(connection, "Agus Setiawan", "kantor 123")->id, 2);
  EXPECT_EQ(find_reporter(connection, "AGUS SETIAWAN", "kantor 123")->id, 1);
  EXPECT_EQ(reporters_named(connection, "agus Setiawan").size(), 3u);
}

}  // namespace
}  // namespace gilir
