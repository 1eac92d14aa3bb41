#include "core/duplicate/duplicate_index.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace gilir::duplicate {
namespace {

using Numbers = std::vector<std::int64_t>;

class DuplicateIndex : public testing::Test {
 protected:
  DuplicateIndex() { connection_.script(std::string(index_schema)); }

  void file(std::int64_t number, const std::string& title, const std::string& body = {}) {
    add_to_index(connection_, {number}, ticket_terms(title, body));
  }

  Numbers find(const std::string& text, const CandidateLimits& limits = {}) {
    const auto looked_for = terms(text);
    Numbers numbers;
    for (const auto number : candidates(connection_, looked_for, frequencies(connection_, looked_for), limits))
      numbers.push_back(number.value);
    return numbers;
  }

  std::int64_t tickets_with(const std::string& term) { return frequencies(connection_, {term}).tickets_with.at(term); }

  store::Connection connection_{{.path = ":memory:", .create = true}};
};

TEST_F(DuplicateIndex, FindsNothingOnAnEmptyDesk) {
  EXPECT_EQ(find("printer macet"), Numbers{});
  EXPECT_EQ(find(""), Numbers{});
}

TEST_F(DuplicateIndex, FindsThoseThatShareMoreFirst) {
  file(1, "Printer macet");
  file(2, "Antrian printer macet di kantor-123");
  file(3, "Jaringan lambat");
  file(4, "Printer baru");
  EXPECT_EQ(find("Antrian printer macet"), (Numbers{2, 1, 4}));
}

TEST_F(DuplicateIndex, FindsCompoundsWholeAndByTheirParts) {
  file(1, "ORA-00942 di laporan");
  file(2, "ORA-01017 di laporan");
  file(3, "kantor 123");
  EXPECT_EQ(find("ORA-00942"), (Numbers{1, 2}));
  EXPECT_EQ(find("kantor-123"), Numbers{3});
}

TEST_F(DuplicateIndex, FindsWordsBeyondAscii) {
  file(1, "Принтер сломан");
  file(2, "打印机 坏了");
  EXPECT_EQ(find("ПРИНТЕР"), Numbers{1});
  EXPECT_EQ(find("打印机"), Numbers{2});
}

TEST_F(DuplicateIndex, CountsTheTicketsOfEachTerm) {
  file(1, "Printer macet");
  file(2, "Printer rusak", "printer printer");
  EXPECT_EQ(tickets_with("printer"), 2);
  EXPECT_EQ(tickets_with("macet"), 1);
  EXPECT_EQ(tickets_with("proyektor"), 0);
  EXPECT_EQ(frequencies(connection_, {}).tickets, 2);
}

TEST_F(DuplicateIndex, ForgetsARemovedTicket) {
  file(1, "Printer macet");
  file(2, "Printer rusak");
  remove_from_index(connection_, {2}, ticket_terms("Printer rusak", ""));
  EXPECT_EQ(find("printer rusak"), Numbers{1});
  EXPECT_EQ(tickets_with("rusak"), 0);
  EXPECT_EQ(frequencies(connection_, {}).tickets, 1);
}

TEST_F(DuplicateIndex, IsEmptyAfterClearing) {
  file(1, "Printer macet");
  clear_index(connection_);
  EXPECT_EQ(find("printer"), Numbers{});
  EXPECT_EQ(frequencies(connection_, {"printer"}).tickets, 0);
}

TEST_F(DuplicateIndex, LooksForNothingOlderThanTold) {
  for (int number = 1; number <= 9; ++number) file(number, "Printer macet");
  EXPECT_EQ(find("printer", {.oldest = {7}}), (Numbers{9, 8, 7}));
}

TEST_F(DuplicateIndex, GivesHalfOfItsPlacesToTheNewest) {
  for (int number = 1; number <= 10; ++number) file(number, "Antrian printer macet");
  for (int number = 11; number <= 20; ++number) file(number, "Printer rusak");
  EXPECT_EQ(find("Antrian printer macet", {.most = 4}), (Numbers{10, 9, 20, 19}));
}

TEST_F(DuplicateIndex, WalksOnlyTheNewestOfTermsBeyondTheGate) {
  file(1, "proyektor");
  for (int number = 2; number <= 50; ++number) file(number, "printer");
  EXPECT_EQ(find("printer proyektor", {.gate = 10, .newest_of_frequent = 3}), (Numbers{1, 50, 49, 48}));
}

TEST_F(DuplicateIndex, TakesHostileTextAsWords) {
  file(1, "printer");
  for (const char* hostile : {"\"", "a\" OR \"printer", "NEAR(printer", "printer*", "-printer", "^printer + x"})
    EXPECT_EQ(find(hostile).size(), terms(hostile).empty() ? 0u : 1u) << hostile;
  EXPECT_EQ(find("terms:printer1"), Numbers{});
  EXPECT_EQ(find("a'b\xff\0c-1"), Numbers{});
}

TEST_F(DuplicateIndex, StaysWholeThroughManyEdits) {
  std::mt19937 random(7);
  const auto title = [&] { return "kata" + std::to_string(random() % 50) + " srv-" + std::to_string(random() % 9); };
  std::vector<std::string> titles(100);
  for (std::int64_t round = 0; round < 2'000; ++round) {
    const auto place = random() % titles.size();
    const TicketNumber number{static_cast<std::int64_t>(place) + 1};
    if (!titles[place].empty()) remove_from_index(connection_, number, ticket_terms(titles[place], ""));
    titles[place] = title();
    add_to_index(connection_, number, ticket_terms(titles[place], ""));
  }
  EXPECT_NO_THROW(connection_.run("INSERT INTO duplicate_index (duplicate_index) VALUES ('integrity-check')"));
  const auto wanted = terms(titles[0])[0];
  const auto expected =
      std::ranges::count_if(titles, [&](const std::string& text) { return terms(text)[0] == wanted; });
  EXPECT_EQ(tickets_with(wanted), expected);
  EXPECT_EQ(static_cast<std::ptrdiff_t>(find(wanted).size()), expected);
}

}  // namespace
}  // namespace gilir::duplicate
