#include "core/operations/ticket/list.h"

#include <algorithm>

#include "core/desk/migrations.h"
#include "core/operations/desk/tick.h"
#include "core/operations/ticket/assign.h"
#include "core/operations/ticket/duplicates.h"
#include "core/operations/ticket/note.h"
#include "core/operations/ticket/postpone.h"
#include "core/operations/ticket/reply.h"
#include "core/operations/ticket/resolve.h"
#include "core/operations/ticket/start.h"
#include "core/ticket/pressing.h"
#include "core/ticket/ticket_table.h"
#include "tests/ticket/ticket_fixture.h"

namespace gilir {
namespace {

class List : public TicketDesk {
 protected:
  std::vector<std::int64_t> numbers(const ListTickets& operation) {
    std::vector<std::int64_t> found;
    for (const auto& line : as(admin, operation).tickets) found.push_back(line.number.value);
    return found;
  }
  // All pages of `operation`, `limit` tickets each.
  std::vector<std::int64_t> paged(ListTickets operation, std::int64_t limit) {
    std::vector<std::int64_t> found;
    operation.limit = limit;
    while (true) {
      const auto page = as(admin, operation);
      EXPECT_LE(page.tickets.size(), static_cast<std::size_t>(limit));
      for (const auto& line : page.tickets) found.push_back(line.number.value);
      EXPECT_EQ(page.truncated, page.next.has_value());
      if (!page.next) return found;
      operation.after = page.next;
    }
  }
};

TEST_F(List, ShowsOpenTicketsNewestFirst) {
  for (int i = 0; i < 4; ++i) file();
  as(admin, ResolveTicket{{2}, "x"});
  EXPECT_EQ(numbers({}), (std::vector<std::int64_t>{4, 3, 1}));
  EXPECT_EQ(numbers({.any_status = true}), (std::vector<std::int64_t>{4, 3, 2, 1}));
  EXPECT_EQ(numbers({.statuses = {TicketStatus::resolved, TicketStatus::resolved}}), std::vector<std::int64_t>{2});
}

TEST_F(List, FindsANameThatManyOfficesKnow) {
  for (int office = 10; office < 50; ++office) file_unlike("Wati", "kantor-" + std::to_string(office));
  EXPECT_EQ(numbers({.reporter = "Wati", .office = "kantor-45"}).size(), 1u);
  EXPECT_EQ(numbers({.reporter = "Wati"}).size(), 40u);
}

TEST_F(List, FiltersByEveryPartOfATicket) {
  add_agent(sari);
  file_unlike("Budi", "kantor-123");
  file_unlike("Budi", "kantor-7");
  as(admin,
     NewTicket{
         .title = "Server mati", .reporter = "Ani", .office = "kantor-7", .category = "jaringan", .urgent = true});
  add_agent(dewi, 2);
  as(admin, AssignTicket{{2}, dewi});
  EXPECT_EQ(numbers({.assignee = sari}), (std::vector<std::int64_t>{3, 1}));
  EXPECT_EQ(numbers({.owner = sari}), (std::vector<std::int64_t>{3, 2, 1}));
  EXPECT_EQ(numbers({.reporter = "Budi"}), (std::vector<std::int64_t>{2, 1}));
  EXPECT_EQ(numbers({.reporter = "Budi", .office = "kantor-7"}), std::vector<std::int64_t>{2});
  EXPECT_EQ(numbers({.category = "jaringan"}), std::vector<std::int64_t>{3});
  EXPECT_EQ(numbers({.tier = 2}), std::vector<std::int64_t>{2});
  EXPECT_EQ(numbers({.urgent = true}), std::vector<std::int64_t>{3});
  as(sari, LeaveDesk{});
  file();
  EXPECT_EQ(numbers({.unassigned = true}), std::vector<std::int64_t>{4});
}

TEST_F(List, SaysThatANameIsUnknownRatherThanShowAnEmptyList) {
  add_agent(sari);
  file();
  expect_error(ErrorCode::not_found, [&] { numbers({.assignee = AgentName{"sary"}}); });
  expect_error(ErrorCode::not_found, [&] { numbers({.server = ServerName{"nowhere"}}); });
  expect_error(ErrorCode::not_found, [&] { numbers({.reporter = "Nobody"}); });
  EXPECT_TRUE(numbers({.assignee = admin}).empty());
}

TEST_F(List, GoesOnFromPageToPageInEveryOrderWithoutLossOrRepeat) {
  for (int i = 0; i < 23; ++i) {
    const auto number = file();
    clock_.advance(Seconds{i % 3});
    if (i % 2 == 0) as(admin, ReplyToTicket{number, "x", Milliseconds{Seconds{1000 - 7 * i}}});
    if (i % 5 == 0) as(admin, NoteOnTicket{{number.value / 2 + 1}, "x"});
  }
  for (const auto sort : {TicketOrder::number, TicketOrder::created, TicketOrder::updated, TicketOrder::next_news}) {
    const auto whole = numbers({.sort = sort, .limit = 1000});
    EXPECT_EQ(whole.size(), 23u);
    for (const std::int64_t limit : {1, 2, 5, 22, 23}) {
      EXPECT_EQ(paged({.sort = sort}, limit), whole) << enum_name(sort) << ", pages of " << limit;
    }
  }
}

TEST_F(List, PutsTheNearestPromiseFirstAndTicketsWithoutOneLast) {
  for (int i = 0; i < 3; ++i) file();
  as(admin, ReplyToTicket{{1}, "x", Milliseconds{Seconds{200}}});
  as(admin, ReplyToTicket{{3}, "x", Milliseconds{Seconds{100}}});
  EXPECT_EQ(numbers({.sort = TicketOrder::next_news}), (std::vector<std::int64_t>{3, 1, 2}));
}

TEST_F(List, CountsAllWhenAsked) {
  for (int i = 0; i < 5; ++i) file();
  const auto page = as(admin, ListTickets{.limit = 2, .count = true});
  EXPECT_EQ(page.total, 5);
  EXPECT_TRUE(page.truncated);
  EXPECT_FALSE(as(admin, ListTickets{}).total);
}

class ListOfReturned : public List {
 protected:
  // Two of each: put aside for an hour, for two, and without an end; and one that nobody put aside.
  ListOfReturned() {
    add_agent(sari);
    const auto now = clock_.now().wall;
    for (const auto until : {std::optional(now + std::chrono::hours{1}), std::optional(now + std::chrono::hours{2})}) {
      for (const auto whom : {std::optional<AwaitedParty>{}, std::optional(AwaitedParty::reporter)}) {
        for (int twice = 0; twice < 2; ++twice) as(sari, PostponeTicket{file(), until, whom});
      }
    }
    for (int twice = 0; twice < 2; ++twice) {
      as(sari, PostponeTicket{.number = file(), .for_ = AwaitedParty::reporter});
      as(sari, StartTicket{file()});
    }
    file();
    clock_.advance(std::chrono::minutes{90});
  }
  // What `statuses` select of all tickets as they are shown one by one, newest first.
  std::vector<std::int64_t> shown_as(const std::vector<TicketStatus>& statuses) {
    std::vector<std::int64_t> found;
    for (const auto number : numbers({.any_status = true})) {
      if (std::ranges::find(statuses, show({number}).status) != statuses.end()) found.push_back(number);
    }
    return found;
  }
};

TEST_F(ListOfReturned, FiltersByTheStatusThatIsShownWhateverTheRowsStillSay) {
  using enum TicketStatus;
  for (const auto stored : {false, true}) {
    if (stored) as(admin, TickDesk{});
    EXPECT_EQ(numbers({.statuses = {assigned}}), (std::vector<std::int64_t>{13, 4, 3, 2, 1}));
    EXPECT_EQ(numbers({.statuses = {postponed}}), (std::vector<std::int64_t>{6, 5}));
    EXPECT_EQ(numbers({.statuses = {waiting_reporter}}), (std::vector<std::int64_t>{11, 9, 8, 7}));
    const std::vector statuses{new_, assigned, in_progress, waiting_reporter, waiting_unit, postponed, resolved};
    for (unsigned set = 1; set < 1U << statuses.size(); ++set) {
      std::vector<TicketStatus> asked;
      for (std::size_t i = 0; i < statuses.size(); ++i) {
        if ((set & (1U << i)) != 0) asked.push_back(statuses[i]);
      }
      const auto expected = shown_as(asked);
      EXPECT_EQ(numbers({.statuses = asked}), expected) << set;
      EXPECT_EQ(paged({.statuses = asked}, 2), expected) << set;
      EXPECT_EQ(as(admin, ListTickets{.statuses = asked, .limit = 1, .count = true}).total, expected.size()) << set;
    }
  }
}

TEST_F(ListOfReturned, GoesOnFromPageToPageInEveryOrder) {
  as(sari, ReplyToTicket{{13}, "x", Milliseconds{Seconds{500}}});
  for (const auto status : {TicketStatus::assigned, TicketStatus::postponed, TicketStatus::waiting_reporter}) {
    for (const auto sort : {TicketOrder::number, TicketOrder::updated, TicketOrder::next_news}) {
      const auto whole = numbers({.statuses = {status}, .sort = sort, .limit = 1000});
      EXPECT_EQ(whole.size(), shown_as({status}).size());
      EXPECT_EQ(paged({.statuses = {status}, .sort = sort}, 1), whole) << enum_name(status) << enum_name(sort);
    }
  }
}

TEST_F(ListOfReturned, KeepsTheOtherFilters) {
  EXPECT_EQ(numbers({.statuses = {TicketStatus::assigned}, .assignee = sari, .reporter = "Budi"}),
            (std::vector<std::int64_t>{13, 4, 3, 2, 1}));
  EXPECT_TRUE(numbers({.statuses = {TicketStatus::assigned}, .assignee = admin}).empty());
  EXPECT_TRUE(numbers({.statuses = {TicketStatus::assigned}, .urgent = true}).empty());
}

TEST_F(List, ShowsATicketThatCameBackSoWhereverAnotherOneNamesIt) {
  add_agent(sari);
  const auto target = file("Printer lantai dua macet", "Budi").number;
  const auto source = file("Printer lantai dua macet lagi", "Budi").number;
  const auto alike = file("Printer lantai dua macet terus", "Budi").number;
  merge({source}, target);
  as(sari, PostponeTicket{target, clock_.now().wall + std::chrono::hours{1}});
  clock_.advance(std::chrono::hours{1});
  EXPECT_EQ(show(source).target->status, TicketStatus::assigned);
  EXPECT_EQ(show(source, true).target->status, TicketStatus::assigned);
  const auto found = as(admin, FindDuplicates{alike}).duplicates;
  ASSERT_FALSE(found.empty());
  EXPECT_EQ(found.front().number, target);
  EXPECT_EQ(found.front().status, TicketStatus::assigned);
}

TEST_F(List, RefusesACursorThatIsNone) {
  for (const auto* cursor : {"", "x", "-", "1-", "-1", "1-2-3", "99999999999999999999"}) {
    const auto error = thrown_by([&] { numbers({.after = cursor}); });
    EXPECT_EQ(error.code(), ErrorCode::invalid) << cursor;
  }
  expect_error(ErrorCode::invalid, [&] { numbers({.sort = TicketOrder::updated, .after = "5"}); });
}

struct PlanRow {
  std::int64_t id = 0;
  std::int64_t parent = 0;
  std::int64_t unused = 0;
  std::string detail;
};
BOOST_DESCRIBE_STRUCT(PlanRow, (), (id, parent, unused, detail))

std::vector<std::string> plan(std::string_view sql, std::span<const store::Value> values) {
  static store::Connection connection({":memory:", true, nullptr});
  static const bool ready = [] {
    for (const auto& migration : desk_migrations()) store::apply(connection, migration);
    return true;
  }();
  EXPECT_TRUE(ready);
  std::vector<std::string> details;
  for (auto& row : connection.rows<PlanRow>("EXPLAIN QUERY PLAN " + std::string(sql), values)) {
    details.push_back(std::move(row.detail));
  }
  return details;
}

bool says(const std::string& detail, std::string_view part) {
  return detail.find(part) != std::string::npos;
}

// A page must cost about its own length at a million tickets: found by an index, already in order. Only the few
// that came back may be sorted.
void expect_index(std::string_view sql, std::span<const store::Value> values, const std::string& index) {
  bool index_used = false;
  bool due = false;
  for (const auto& detail : plan(sql, values)) {
    EXPECT_FALSE(says(detail, "TEMP B-TREE") && !due) << sql << "\n" << detail;
    EXPECT_FALSE(says(detail, "SCAN")) << sql << "\n" << detail;
    index_used = index_used || says(detail, index + " ");
    due = says(detail, "ticket_postponed (postponed_until<?)") || (due && says(detail, "PRIMARY KEY (rowid=?)"));
  }
  EXPECT_TRUE(index_used) << sql << " does not use " << index;
}

void expect_no_sorting(const TicketFilter& filter, const std::string& index) {
  const auto query = list_query(filter);
  expect_index(query.sql, query.values, index);
}

TEST(ListPlan, ReadsTheNumbersOfAServersOrReportersTicketsFromAnIndex) {
  TicketFilter of_server;
  of_server.server = ServerName{"kantor-123"};
  const auto query = newest_numbers_query(of_server);
  expect_index(query.sql, query.values, "COVERING INDEX ticket_by_server");
  TicketFilter of_reporter;
  of_reporter.reporters = {1};
  const auto other = newest_numbers_query(of_reporter);
  expect_index(other.sql, other.values, "COVERING INDEX ticket_by_reporter");
}

TEST(NextPlan, FindsTheMostPressingTicketInItsIndex) {
  const std::vector<store::Value> mine{std::string("sari"), std::int64_t{0}, std::int64_t{0}};
  expect_index(oldest_query(Pressing::own), mine, "ticket_pressing");
  expect_index(overdue_query(Pressing::own), mine, "ticket_overdue");
  const std::vector<store::Value> tier{std::int64_t{1}, std::int64_t{0}, std::int64_t{0}};
  expect_index(oldest_query(Pressing::waiting), tier, "ticket_waiting");
  expect_index(overdue_query(Pressing::waiting), tier, "ticket_waiting_overdue");
}

TEST(NextPlan, FindsWhatFellDueInItsIndex) {
  const std::vector<store::Value> now{std::int64_t{0}, std::int64_t{1000}};
  expect_index(returning_query, now, "ticket_postponed");
  expect_index(lapsed_claims_query, now, "ticket_claimed");
  expect_index(claims_of_query, std::vector<store::Value>{std::string("sari")}, "ticket_claimed_by_assignee");
}

TEST(ListPlan, FindsEveryFilterInItsIndex) {
  const std::vector open{TicketStatus::new_, TicketStatus::assigned, TicketStatus::in_progress};
  for (const auto& statuses : {open, std::vector<TicketStatus>{}, std::vector{TicketStatus::closed}}) {
    for (const auto& after : {std::optional<TicketCursor>{}, std::optional(TicketCursor{{}, {500'000}})}) {
      const auto with = [&](auto set) {
        TicketFilter filter;
        filter.statuses = statuses;
        filter.after = after;
        set(filter);
        return filter;
      };
      expect_no_sorting(with([](auto&) {}), "ticket_by_status");
      expect_no_sorting(with([](auto& f) { f.order = TicketOrder::created; }), "ticket_by_status");
      expect_no_sorting(with([](auto& f) { f.assignee = sari; }), "ticket_by_assignee");
      expect_no_sorting(with([](auto& f) { f.unassigned = true; }), "ticket_without_assignee");
      expect_no_sorting(with([](auto& f) { f.owner = sari; }), "ticket_by_owner");
      expect_no_sorting(with([](auto& f) { f.server = ServerName{"s"}; }), "ticket_by_server");
      expect_no_sorting(with([](auto& f) { f.reporters = {7}; }), "ticket_by_reporter");
      expect_no_sorting(with([](auto& f) { f.category = "c"; }), "ticket_by_category");
      expect_no_sorting(with([](auto& f) { f.tier = 2; }), "ticket_by_tier");
      expect_no_sorting(with([](auto& f) { f.urgent = true; }), "ticket_urgent");
    }
  }
}

TEST(ListPlan, FindsTimesInTheirIndexes) {
  TicketFilter filter;
  filter.statuses = {TicketStatus::new_, TicketStatus::in_progress, TicketStatus::closed};
  filter.first = TicketNumber{400'000};
  filter.last = TicketNumber{500'000};
  expect_no_sorting(filter, "ticket_by_status");
  filter = {};
  filter.statuses = {TicketStatus::new_, TicketStatus::in_progress};
  filter.order = TicketOrder::next_news;
  filter.descending = false;
  filter.promised = filter.overdue = true;
  expect_no_sorting(filter, "ticket_by_next_news");
  filter = {};
  filter.statuses = {TicketStatus::new_, TicketStatus::in_progress};
  filter.order = TicketOrder::updated;
  filter.silent_since = WallTime{};
  expect_no_sorting(filter, "ticket_by_updated");
  for (const auto* order : {"", " DESC"}) {
    expect_index(std::string("SELECT number FROM ticket WHERE created >= $1 ORDER BY created") + order + ", number" +
                     order + " LIMIT 1",
                 std::vector<store::Value>{std::int64_t{0}}, "ticket_by_created");
  }
}

TEST(ListPlan, LooksAmongTheReportersOfOneOffice) {
  TicketFilter filter;
  filter.statuses = {TicketStatus::new_};
  filter.office_key = "kantor-123";
  const auto query = list_query(filter);
  for (const auto& detail : plan(query.sql, query.values)) EXPECT_FALSE(says(detail, "SCAN")) << detail;
}

TEST(ListPlan, FindsEveryOrderInItsIndex) {
  for (const auto& after : {std::optional<TicketCursor>{}, std::optional(TicketCursor{WallTime{}, {500'000}})}) {
    TicketFilter filter;
    filter.statuses = {TicketStatus::new_, TicketStatus::assigned, TicketStatus::in_progress};
    filter.after = after;
    filter.order = TicketOrder::updated;
    expect_no_sorting(filter, "ticket_by_updated");
    filter.order = TicketOrder::next_news;
    filter.descending = false;
    filter.promised = true;
    expect_no_sorting(filter, "ticket_by_next_news");
  }
}

TEST(ListPlan, LeavesOutWhatCameBackOnTheWayAlongTheIndex) {
  TicketFilter filter;
  filter.statuses = {TicketStatus::postponed, TicketStatus::waiting_reporter};
  expect_no_sorting(filter, "ticket_by_status");
  filter.server = ServerName{"s"};
  expect_no_sorting(filter, "ticket_by_server");
}

TEST(ListPlan, BeginsAtWhatCameBackWhateverElseIsAskedFor) {
  for (const auto& server : {std::optional<ServerName>{}, std::optional(ServerName{"s"})}) {
    TicketFilter filter;
    filter.statuses = {TicketStatus::assigned};
    filter.server = server;
    expect_no_sorting(filter, "ticket_postponed");
  }
}

}  // namespace
}  // namespace gilir
