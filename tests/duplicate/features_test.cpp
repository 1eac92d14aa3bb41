#include "core/duplicate/features.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>

#include "core/duplicate/score.h"
#include "core/duplicate/weights.h"

namespace gilir::duplicate {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;

constexpr WallTime nine{std::chrono::sys_days{std::chrono::year{2026} / 11 / 27} + hours{9}};

struct Report {
  std::string title;
  std::string body{};
  std::string reporter{};
  std::string office{};
  std::string server{};
  std::string category{};
  WallTime filed = nine;
  std::optional<WallTime> finished{};
  std::size_t merged_before = 0;
};

// Compares on a desk of 10,000 tickets, of which `common` words stand in every tenth and all others in one.
FeatureVector compare(const Report& newer, const Report& older, const std::vector<std::string>& common = {}) {
  const auto terms = [](const Report& report) { return index::terms_of(report.title, report.body); };
  const auto side = [](const Report& report, const index::TextTerms& its) {
    return Side{its,          report.title,    report.reporter,     report.office, report.server, report.category,
                report.filed, report.finished, report.merged_before};
  };
  const auto new_terms = terms(newer);
  const auto old_terms = terms(older);
  Rarity rarity{10'000, {}};
  for (const auto& term : new_terms.terms)
    rarity.tickets_with.push_back(std::ranges::find(common, term.text) == common.end() ? 1 : 1'000);
  const Newer made(side(newer, new_terms), rarity, circumstances(newer.reporter, newer.office, newer.server));
  return made.compare(side(older, old_terms)).features;
}

TEST(Features, OfATicketAndItselfAreComplete) {
  const Report report{.title = "Printer kasir macet", .body = "Kertas tersangkut di baki dua"};
  const auto found = compare(report, report);
  EXPECT_DOUBLE_EQ(found.new_title_in_old, 1);
  EXPECT_DOUBLE_EQ(found.old_title_in_new, 1);
  EXPECT_DOUBLE_EQ(found.title_letters, 1);
  EXPECT_GT(found.title_in_text, 0.7);
  EXPECT_EQ(found.age, 0);
  EXPECT_EQ(found.finished_for, 0);
}

TEST(Features, OfTicketsWithNothingInCommonAreNothing) {
  auto found = compare({.title = "Printer macet"}, {.title = "Jaringan lambat"});
  EXPECT_EQ(found.new_title_in_old, 0);
  EXPECT_EQ(found.old_title_in_new, 0);
  EXPECT_EQ(found.title_letters, 0);
  EXPECT_EQ(found.title_in_text, 0);
  EXPECT_EQ(found.rarest_shared, 0);
  found = compare({.title = ""}, {.title = ""});
  EXPECT_EQ(found.title_in_text, 0);
  EXPECT_EQ(found.title_letters, 0);
}

TEST(Features, CountARareWordForMoreThanACommonOne) {
  const Report newer{.title = "printer simpeg"};
  const auto rare = compare(newer, {.title = "simpeg"}, {"printer"});
  const auto common = compare(newer, {.title = "printer"}, {"printer"});
  EXPECT_GT(rare.new_title_in_old, 2 * common.new_title_in_old);
  EXPECT_GT(rare.rarest_shared, 2 * common.rarest_shared);
}

TEST(Features, FindTheNewTitlesWordsInTheOlderBodyToo) {
  const auto found = compare({.title = "kertas tersangkut"}, {.title = "Printer macet", .body = "kertas tersangkut"});
  EXPECT_DOUBLE_EQ(found.new_title_in_old, 1);
  EXPECT_EQ(found.old_title_in_new, 0);
}

TEST(Features, CountATitlesWordsApartWhenTheOtherBodyHasThem) {
  const Report told{.title = "Printer macet", .body = "kertas tersangkut"};
  auto found = compare({.title = "kertas tersangkut"}, told);
  EXPECT_DOUBLE_EQ(found.new_title_in_old_body, 1);
  EXPECT_EQ(found.old_title_in_new_body, 0);
  found = compare(told, {.title = "kertas tersangkut"});
  EXPECT_EQ(found.new_title_in_old_body, 0);
  EXPECT_DOUBLE_EQ(found.old_title_in_new_body, 1);
  // What the older title has already is nothing more in its body.
  found = compare({.title = "kertas tersangkut"}, {.title = "kertas tersangkut", .body = "kertas tersangkut"});
  EXPECT_EQ(found.new_title_in_old_body, 0);
  EXPECT_EQ(compare({.title = "kertas tersangkut"}, {.title = "kertas tersangkut"}).old_title_in_new_body, 0);
}

TEST(Features, TakeAReportersNextTicketElsewhereForAnotherMatterUnlessItIsSpeltAlike) {
  const Report older{.title = "Printer macet", .reporter = "budi", .office = "kantor-1"};
  Report newer{.title = "Jaringan lambat", .reporter = "budi", .filed = nine + days{1}};
  EXPECT_DOUBLE_EQ(compare(newer, older).same_reporter_elsewhere, 0.5);
  newer.office = "kantor-1";
  EXPECT_EQ(compare(newer, older).same_reporter_elsewhere, 0);
  newer = {.title = "printer MACET", .reporter = "budi"};
  EXPECT_EQ(compare(newer, older).same_reporter_elsewhere, 0);
  newer = {.title = "Jaringan lambat", .reporter = "ani"};
  EXPECT_EQ(compare(newer, older).same_reporter_elsewhere, 0);
  EXPECT_LT(weights.same_reporter_elsewhere, 0);
}

TEST(Features, TakeTypingErrorsByTheLettersThatStay) {
  const auto found = compare({.title = "Aplikasi SIMPEG lamabt"}, {.title = "Aplikasi SIMPEG lambat"});
  EXPECT_GT(found.title_letters, 0.6);
  EXPECT_LT(found.title_letters, 0.95);
}

TEST(Features, TakeSilenceForNothing) {
  const auto found = compare({.title = "Printer macet"}, {.title = "Printer macet"});
  for (const double known : {found.other_category, found.same_reporter, found.same_office, found.same_server,
                             found.other_server, found.same_hour})
    EXPECT_EQ(known, 0);
}

TEST(Features, TellWhereATicketComesFrom) {
  const Report older{.title = "a1 x", .reporter = "budi", .office = "kantor-1", .server = "db", .category = "cetak"};
  auto newer = older;
  newer.filed += hours{1};
  auto found = compare(newer, older);
  EXPECT_EQ(found.same_reporter + found.same_office + found.same_server, 3);
  EXPECT_EQ(found.other_server + found.other_category, 0);
  EXPECT_DOUBLE_EQ(found.same_hour, 0.5);
  newer = {.title = "a1 x", .reporter = "ani", .office = "kantor-2", .server = "db2", .category = "akun"};
  found = compare(newer, older);
  EXPECT_EQ(found.same_reporter + found.same_office + found.same_server + found.same_hour, 0);
  EXPECT_EQ(found.other_server, 1);
  EXPECT_EQ(found.other_category, 1);
}

TEST(Features, TellTimesInDays) {
  const Report older{.title = "Printer macet", .filed = nine - days{9}, .finished = nine - days{1}, .merged_before = 3};
  const auto found = compare({.title = "Printer macet"}, older);
  EXPECT_DOUBLE_EQ(found.age, std::log(10));
  EXPECT_DOUBLE_EQ(found.finished_for, std::log(2));
  EXPECT_DOUBLE_EQ(found.merged_before, std::log(4));
  // A clock that was set back.
  EXPECT_EQ(compare({.title = "Printer macet", .filed = nine - days{20}}, older).age, 0);
}

TEST(Features, LeaveOutTheWordsForThePlaceItself) {
  const Report older{.title = "AC kantor-123 bocor", .office = "kantor-123"};
  const auto found = compare({.title = "Internet kantor-123 mati", .office = "kantor-123"}, older);
  EXPECT_EQ(found.new_title_in_old, 0);
  EXPECT_EQ(found.rarest_shared, 0);
  EXPECT_EQ(circumstances("budi", "Kantor 123", "printer-02"),
            (std::vector<std::string>{"02", "123", "=printer-02", "budi", "kantor"}));
}

TEST(Features, StayWithinBoundsForAnyTitle) {
  const std::string endless(1 << 16, 'x');
  for (const std::string& title : {endless, std::string("\xff\xfe\0a", 4), std::string(500, '\xe6')}) {
    const auto found = compare({.title = title, .body = title}, {.title = title});
    for_each_member<FeatureVector>([&](std::string_view name, auto member) {
      EXPECT_TRUE(std::isfinite(found.*member)) << name;
      EXPECT_GE(found.*member, 0) << name;
    });
  }
}

TEST(Score, IsAProbabilityThatRisesWithEachFeatureThatSpeaksForIt) {
  FeatureVector none;
  EXPECT_LT(score(none), 0.01);
  for_each_member<FeatureVector>([&](std::string_view name, auto member) {
    FeatureVector one;
    one.*member = 1;
    EXPECT_EQ(score(one) > score(none), weights.*member > 0) << name;
    EXPECT_NE(weights.*member, 0) << name;
  });
}

TEST(Score, OfAResendIsHigherThanOfARewordingAndThatThanOfAnotherFault) {
  const Report first{
      .title = "Printer kasir lantai dua macet", .reporter = "budi", .office = "kantor-1", .server = "k1"};
  auto again = first;
  again.filed += minutes{5};
  auto reworded = again;
  reworded.title = "Kertas di printer kasir nyangkut lagi";
  auto different = again;
  different.title = "Jaringan internet lambat sekali";
  EXPECT_GT(score(compare(again, first)), score(compare(reworded, first)));
  EXPECT_GT(score(compare(reworded, first)), 2 * score(compare(different, first)));
}

}  // namespace
}  // namespace gilir::duplicate
