// desk.complete: values for the TAB key.
#include "core/operations/desk/complete.h"

#include <gtest/gtest.h>

#include "tests/desk/desk_fixture.h"

namespace gilir {
namespace {

class Complete : public DeskTest {
 protected:
  Candidates candidates(ValueKind kind, const std::string& typed, std::int64_t limit = 50) {
    return perform(CompleteValue{kind, typed, limit});
  }
  std::string values(ValueKind kind, const std::string& typed = "", std::int64_t limit = 50) {
    std::string text;
    for (const auto& one : candidates(kind, typed, limit).candidates) text += (text.empty() ? "" : " ") + one.value;
    return text;
  }
  // What a shell would type for these by itself.
  static std::string common_beginning(const Candidates& found) {
    auto common = found.candidates.front().value;
    for (const auto& one : found.candidates) {
      while (!one.value.starts_with(common)) common.pop_back();
    }
    return common;
  }
};

TEST_F(Complete, OffersTheNewestTicketsWithTheirTitles) {
  file_ticket("printer");
  file_ticket("scanner");
  const auto found = candidates(ValueKind::ticket, "");
  ASSERT_EQ(found.candidates.size(), 2u);
  EXPECT_EQ(found.candidates[0].value, "2");
  EXPECT_EQ(found.candidates[0].about, "scanner");
  EXPECT_FALSE(found.truncated);
}

TEST_F(Complete, OffersTicketsWhoseNumbersStartSo) {
  for (int number = 1; number <= 23; ++number) file_ticket("ticket " + std::to_string(number));
  EXPECT_EQ(values(ValueKind::ticket, "2"), "23 22 21 20 2");
  EXPECT_EQ(values(ValueKind::ticket, "23"), "23");
  EXPECT_EQ(values(ValueKind::ticket, "24"), "");
  EXPECT_EQ(values(ValueKind::ticket, "0"), "");
  EXPECT_EQ(values(ValueKind::ticket, "x"), "");
  EXPECT_EQ(values(ValueKind::ticket, "99999999999999999999"), "");
}

TEST_F(Complete, HasNoLongerCommonBeginningThanAllTicketsHave) {
  for (int number = 1; number <= 130; ++number) file_ticket("ticket " + std::to_string(number));
  const auto found = candidates(ValueKind::ticket, "", 20);
  EXPECT_TRUE(found.truncated);
  EXPECT_LE(found.candidates.size(), 20u);
  EXPECT_EQ(found.candidates.front().value, "130");
  EXPECT_EQ(common_beginning(found), "");
  EXPECT_EQ(common_beginning(candidates(ValueKind::ticket, "1", 15)), "1");
}

TEST_F(Complete, OffersNamesInOrder) {
  add_agent("budi");
  add_agent("bayu", 2);
  EXPECT_EQ(values(ValueKind::agent), "ani bayu budi");
  EXPECT_EQ(values(ValueKind::agent, "b"), "bayu budi");
  EXPECT_EQ(candidates(ValueKind::agent, "ba").candidates.front().about, "2");
  add_server("kantor-1");
  EXPECT_EQ(candidates(ValueKind::server, "k").candidates.front().about, "kantor-1.example");
}

TEST_F(Complete, HasNoLongerCommonBeginningThanAllNamesHave) {
  for (int number = 100; number < 140; ++number) add_server("kantor-" + std::to_string(number));
  add_server("pusat");
  const auto found = candidates(ValueKind::server, "", 10);
  EXPECT_TRUE(found.truncated);
  EXPECT_EQ(found.candidates.size(), 10u);
  EXPECT_EQ(common_beginning(found), "");
}

TEST_F(Complete, OffersReportersAndOffices) {
  perform(AddReporter{"Siti", "kantor-9", ""});
  perform(AddReporter{"Siti", "kantor-8", ""});
  perform(AddReporter{"Budi Santoso", "", ""});
  EXPECT_EQ(values(ValueKind::reporter, "S"), "Siti");
  EXPECT_EQ(values(ValueKind::reporter, "Budi S"), "Budi Santoso");
  EXPECT_EQ(values(ValueKind::office), "kantor-8 kantor-9");
  EXPECT_EQ(values(ValueKind::office, "kantor-9"), "kantor-9");
  EXPECT_EQ(values(ValueKind::office, "m"), "");
  perform(AddReporter{"Ani", "pusat", ""});
  const auto cut = candidates(ValueKind::office, "", 2);
  EXPECT_TRUE(cut.truncated);
  EXPECT_EQ(common_beginning(cut), "");
  EXPECT_EQ(values(ValueKind::office, "kantor-", 2), "kantor-8 kantor-9");
}

TEST_F(Complete, OffersAnOfficeOnceHoweverManyReportersAreThere) {
  {
    store::Connection many({path() + "/desk.db", false, nullptr});
    many.script(
        "WITH RECURSIVE counted(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < 5000) "
        "INSERT INTO reporter (name, office, contact) SELECT 'r' || n, 'kantor-' || (n % 3), '' FROM counted");
  }
  EXPECT_EQ(values(ValueKind::office), "kantor-0 kantor-1 kantor-2");
  EXPECT_FALSE(candidates(ValueKind::office, "kantor", 3).truncated);
}

TEST_F(Complete, OffersCategoriesThatTicketsHave) {
  for (const auto* category : {"printer", "network", "printer", "phone"}) {
    NewTicket operation;
    operation.title = std::string("about a ") + category;
    operation.category = category;
    operation.not_duplicate = true;
    perform(operation);
  }
  EXPECT_EQ(values(ValueKind::category), "network phone printer");
  EXPECT_EQ(values(ValueKind::category, "p"), "phone printer");
  EXPECT_EQ(values(ValueKind::category, "", 2), "network printer");
}

}  // namespace
}  // namespace gilir
