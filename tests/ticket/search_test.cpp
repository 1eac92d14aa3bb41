#include "core/operations/ticket/search.h"

#include "core/duplicate/duplicate_index.h"
#include "core/duplicate/search.h"
#include "tests/ticket/ticket_fixture.h"

namespace gilir {
namespace {

class Search : public TicketDesk {
 protected:
  Search() { add_agent(sari); }

  static std::vector<std::int64_t> numbers(const FoundTickets& found) {
    std::vector<std::int64_t> list;
    for (const auto& line : found.tickets) list.push_back(line.number.value);
    return list;
  }
  std::vector<std::int64_t> search(const std::string& words) { return numbers(as(sari, SearchTickets{words})); }
};

TEST_F(Search, FindsByTitleAndBodyInBothLanguages) {
  file("Printer loket 2 macet", "Budi", "kantor-123", "Kertas tersangkut di dalam");
  file("The backup of the database failed", "Ani", "kantor-7", "ORA-00942 in the night");
  file("Jadwal rapat");
  EXPECT_EQ(search("kertas"), std::vector<std::int64_t>{1});
  EXPECT_EQ(search("printers"), std::vector<std::int64_t>{1});
  EXPECT_EQ(search("ora-00942"), std::vector<std::int64_t>{2});
  EXPECT_EQ(search("databases"), std::vector<std::int64_t>{2});
  EXPECT_TRUE(search("gudang").empty());
}

TEST_F(Search, PutsWhatHasMoreOfTheWordsAndWhoseTitleHasThemFirst) {
  file("Monitor gelap", "Budi", "kantor-1", "di sebelah printer gudang");
  file("Printer macet", "Ani", "kantor-2");
  file("Printer gudang macet", "Citra", "kantor-3");
  EXPECT_EQ(search("printer gudang macet"), (std::vector<std::int64_t>{3, 2, 1}));
  EXPECT_TRUE(as(sari, SearchTickets{"printer"}).ranked);
}

TEST_F(Search, GoesOnFromPageToPage) {
  for (int i = 0; i < 7; ++i) file("Printer macet", "Budi", "kantor-" + std::to_string(i));
  std::vector<std::int64_t> all;
  SearchTickets operation{.words = "printer", .limit = 3, .count = true};
  do {
    const auto page = as(sari, operation);
    EXPECT_EQ(page.total, 7);
    for (const auto number : numbers(page)) all.push_back(number);
    operation.after = page.next;
  } while (operation.after);
  EXPECT_EQ(all, (std::vector<std::int64_t>{7, 6, 5, 4, 3, 2, 1}));
}

TEST_F(Search, RefusesWordsThatHoldNothingAndCursorsThatAreNone) {
  expect_error(ErrorCode::invalid, [&] { search(""); });
  expect_error(ErrorCode::invalid, [&] { search("a ! the dan"); });
  expect_error(ErrorCode::invalid, [&] { as(sari, SearchTickets{.words = "x1", .limit = 0}); });
  file("Printer macet");
  expect_error(ErrorCode::invalid, [&] { as(sari, SearchTickets{.words = "printer", .after = "x"}); });
  EXPECT_TRUE(as(sari, SearchTickets{.words = "printer", .after = "99"}).tickets.empty());
}

TEST_F(Search, TakesHostileTextForWords) {
  file("Printer macet");
  EXPECT_EQ(search("printer\" OR duplicate_index : * NEAR( ' --"), std::vector<std::int64_t>{1});
}

// A small gate stands for a large desk.
class SearchGate : public testing::Test {
 protected:
  SearchGate() : connection_({":memory:", true, nullptr}) {
    connection_.script(std::string(duplicate::index_schema));
    for (std::int64_t number = 1; number <= 20; ++number) {
      std::vector<std::string> terms{"printer"};
      if (number % 2 == 0) terms.push_back("macet");
      if (number % 10 == 0) terms.push_back("gudang");
      duplicate::add_to_index(connection_, {number}, terms);
    }
  }
  duplicate::SearchTerms terms(const std::string& words) { return duplicate::search_terms(connection_, words, 5); }

  store::Connection connection_;
};

TEST_F(SearchGate, RanksTheTicketsOfRareWordsByAllWords) {
  const auto search = terms("printer macet gudang");
  ASSERT_TRUE(duplicate::can_rank(search));
  EXPECT_EQ(search.rare, 1u);
  const auto found = duplicate::best_found(connection_, search);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].number, TicketNumber{20});
  EXPECT_GT(found[0].weight, search.frequencies.weight("gudang") + search.frequencies.weight("printer"));
}

TEST_F(SearchGate, WalksTicketsWithAllFrequentWordsFromTheNewest) {
  const auto search = terms("printer macet");
  ASSERT_FALSE(duplicate::can_rank(search));
  EXPECT_EQ(duplicate::newest_found(connection_, search, {0}, 3), (std::vector<TicketNumber>{{20}, {18}, {16}}));
  EXPECT_EQ(duplicate::newest_found(connection_, search, {16}, 2), (std::vector<TicketNumber>{{14}, {12}}));
  EXPECT_EQ(duplicate::count_found(connection_, search), 10);
}

TEST_F(SearchGate, PassesOverWordsThatNoTicketHas) {
  EXPECT_FALSE(duplicate::can_rank(terms("printer nirwana")));
  EXPECT_TRUE(duplicate::can_rank(terms("nirwana")));
  EXPECT_TRUE(duplicate::best_found(connection_, terms("nirwana")).empty());
}

}  // namespace
}  // namespace gilir
