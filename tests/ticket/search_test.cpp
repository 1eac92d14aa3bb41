#include "core/operations/ticket/search.h"

#include <random>

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
  std::int64_t file_as(const std::string& title) {
    return as(admin, NewTicket{.title = title, .reporter = "Budi", .office = "x", .not_duplicate = true}).number.value;
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

TEST_F(Search, PutsTheNewerOfEqualTicketsFirstInWhateverOrderTheirTitlesHaveTheWords) {
  std::vector<std::string> words{"absensi", "gudang", "macet", "printer"};
  // Weights of their own, whose sums differ in their last digits by the order in which they are added.
  for (std::size_t word = 0; word < words.size(); ++word) {
    for (std::size_t i = 0; i < word; ++i) file_as(words[word]);
  }
  std::vector<std::int64_t> expected;
  do expected.insert(expected.begin(), file_as(words[0] + " " + words[1] + " " + words[2] + " " + words[3]));
  while (std::ranges::next_permutation(words).found);
  auto found = search("printer gudang macet absensi");
  found.resize(expected.size());
  EXPECT_EQ(found, expected);
}

TEST_F(Search, GivesOnPagesWhatItGivesAtOnce) {
  static const std::string words[] = {"printer", "gudang", "macet", "kertas"};
  std::minstd_rand chance(1);
  const auto text = [&](std::size_t one_in) {
    std::string said = "masalah";
    for (const auto& word : words) {
      if (chance() % one_in == 0) said += " " + word;
    }
    return said;
  };
  for (int i = 0; i < 120; ++i) {
    as(admin, NewTicket{.title = text(3), .body = text(2), .reporter = "Budi", .office = "x", .not_duplicate = true});
  }
  const std::string asked = "printer gudang macet kertas";
  const auto at_once = numbers(as(sari, SearchTickets{.words = asked, .limit = 1000}));
  ASSERT_GT(at_once.size(), 90u);
  for (const int limit : {1, 7, 50}) {
    std::vector<std::int64_t> paged;
    SearchTickets operation{.words = asked, .limit = limit};
    do {
      const auto page = as(sari, operation);
      for (const auto number : numbers(page)) paged.push_back(number);
      operation.after = page.next;
    } while (operation.after);
    EXPECT_EQ(paged, at_once) << limit;
  }
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
  const auto found = duplicate::best_found(connection_, search, 5);
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
  EXPECT_TRUE(duplicate::best_found(connection_, terms("nirwana"), 5).empty());
}

}  // namespace
}  // namespace gilir
