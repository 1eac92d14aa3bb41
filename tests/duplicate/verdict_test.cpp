#include "core/duplicate/verdict.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

#include "core/duplicate/score.h"
#include "tests/duplicate/pair.h"

namespace gilir::duplicate {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

std::string spelt_out(const Verdict& verdict) {
  std::string text;
  for (const auto& reason : verdict.because) text += (text.empty() ? "" : ", ") + in_english(reason);
  return text;
}

// Checks every pair on a desk with this many tickets, so that it holds on its first day and later.
void check(const std::vector<Pair>& pairs, std::int64_t tickets) {
  for (const auto& pair : pairs) {
    SCOPED_TRACE(pair.says + ": \"" + pair.older.title + "\" and \"" + pair.newer.title + "\"");
    const auto [features, verdict] = compare(pair.newer, pair.older, pair.apart, tickets);
    EXPECT_EQ(enum_name(verdict.strength), enum_name(pair.expected)) << score(features) << ": " << spelt_out(verdict);
    EXPECT_TRUE(verdict.strength == Strength::none || !verdict.because.empty());
  }
}

std::vector<Pair> all_pairs() {
  auto pairs = indonesian_pairs();
  std::ranges::copy(english_pairs(), std::back_inserter(pairs));
  return pairs;
}

TEST(Verdict, AgreesWithPeopleOnIndonesianPairs) {
  check(indonesian_pairs(), 20'000);
}
TEST(Verdict, AgreesWithPeopleOnIndonesianPairsOfANewDesk) {
  check(indonesian_pairs(), 3);
}
TEST(Verdict, AgreesWithPeopleOnEnglishPairs) {
  check(english_pairs(), 20'000);
}
TEST(Verdict, AgreesWithPeopleOnEnglishPairsOfANewDesk) {
  check(english_pairs(), 3);
}

// Whoever writes down all that is wrong in an office would else have the twin of each report that follows.
TEST(Verdict, TakesATicketThatListsManyTroublesForNoneOfThem) {
  const Filed list{.title = "Rekap gangguan kantor pekan ini",
                   .body = "printer macet, wifi putus, password lupa, komputer mati, email penuh, scanner buram",
                   .reporter = "wati"};
  for (const auto* title : {"Printer macet", "Wifi putus", "Email penuh"}) {
    const auto verdict = compare({.title = title}, list, minutes{1}).verdict;
    EXPECT_GT(verdict.strength, Strength::likely) << title << ": " << spelt_out(verdict);
  }
}

// One person's bodies all end in the same lines.
TEST(Verdict, TakesASignatureForNoTrouble) {
  const std::string signature =
      "Mohon dibantu.\nHormat kami,\nSiti Aminah\nStaf Umum dan Kepegawaian\nKecamatan Sukamaju\nTelp 022-555123";
  const auto verdict = compare({.title = "Printer macet", .body = signature},
                               {.title = "Password email lupa", .body = signature}, minutes{10})
                           .verdict;
  EXPECT_GT(verdict.strength, Strength::likely) << spelt_out(verdict);
  EXPECT_FALSE(verdict.told_again);
}

// "kok2" is said twice and numbers nothing.
TEST(Verdict, TakesWordsSaidTwiceForNoNumber) {
  const auto verdict =
      compare({.title = "lampu2 mati semua", .reporter = "wati"}, {.title = "Jam dinding kok2 mati"}, minutes{1})
          .verdict;
  EXPECT_GT(verdict.strength, Strength::strong) << spelt_out(verdict);
}

TEST(Verdict, TakesANumberInWordsForTheNumber) {
  const auto verdict =
      compare({.title = "Printer lantai dua tidak mencetak"}, {.title = "Printer lantai 2 tidak mencetak"}, hours{3})
          .verdict;
  EXPECT_EQ(verdict.strength, Strength::strong) << spelt_out(verdict);
}

// Of one office within a minute, nothing but the hour is alike.
TEST(Verdict, AsksAboutNothingThatHasOnlyNumbersAndFillersInCommon) {
  for (const auto& [newer, older] : {std::pair{"Ruang server kok panas", "Tolong min, kok tidak keluar kertas"},
                                     std::pair{"Wifi lantai 3 putus", "Printer loket 3 macet"},
                                     std::pair{"Monitor saya mati", "Tolong reset password akun saya"}}) {
    const auto verdict = compare({.title = newer, .reporter = "wati"}, {.title = older}, Seconds{20}).verdict;
    EXPECT_GT(verdict.strength, Strength::likely) << newer << ": " << spelt_out(verdict);
  }
}

// Both at once: what passes nobody over proves nothing.
TEST(Verdict, PassesOverByFeaturesAloneOnlyWhatIsNotAskedAbout) {
  int passed_over = 0;
  for (const auto& pair : all_pairs()) {
    SCOPED_TRACE(pair.says + ": \"" + pair.older.title + "\" and \"" + pair.newer.title + "\"");
    for (const Seconds apart : {pair.apart, Seconds{hours{24 * 60}}}) {
      const auto [features, verdict] = compare(pair.newer, pair.older, apart, 20'000);
      if (may_be_asked_about(features)) continue;
      ++passed_over;
      EXPECT_GT(verdict.strength, Strength::likely);
    }
  }
  EXPECT_GT(passed_over, 0);
}

TEST(Verdict, SpellsOutItsReasonsTheGreatestFirst) {
  const Filed older{.title = "Laporan keuangan muncul ORA-00942", .merged_before = 2};
  const Filed newer{.title = "ORA-00942 buka laporan keuangan", .reporter = "ani"};
  EXPECT_EQ(spelt_out(compare(newer, older, minutes{4}).verdict),
            "75% of title words, filed 4 min apart, same office, shares ORA-00942, same server, 2 merged into it");
}

TEST(Verdict, NamesThePlainWordThatFewTitleWordsShare) {
  const Filed older{.title = "Printer kantor-123 tidak bisa cetak"};
  const Filed newer{.title = "Cetak dari loket 2 gagal terus", .reporter = "ani"};
  EXPECT_EQ(spelt_out(compare(newer, older, minutes{4}).verdict),
            "filed 4 min apart, same office, 33% of title words, same server, shares Cetak");
}

TEST(Verdict, SaysHowLongApartInTheUnitThatFits) {
  EXPECT_EQ(in_english({ReasonKind::filed_apart, "", 40}), "filed 40 s apart");
  EXPECT_EQ(in_english({ReasonKind::filed_apart, "", 240}), "filed 4 min apart");
  EXPECT_EQ(in_english({ReasonKind::filed_apart, "", 7200}), "filed 2 h apart");
  EXPECT_EQ(in_english({ReasonKind::filed_apart, "", 3 * 86400}), "filed 3 days apart");
}

TEST(Verdict, NeverCallsTicketsOfDifferentServersStrong) {
  for (const auto* pairs : {&indonesian_pairs(), &english_pairs()}) {
    for (auto pair : *pairs) {
      SCOPED_TRACE(pair.says);
      pair.older.server = "srv-db01";
      pair.newer.server = "srv-db02";
      EXPECT_NE(compare(pair.newer, pair.older, pair.apart).verdict.strength, Strength::strong);
    }
  }
}

TEST(Verdict, DoesNotTakeSilenceForAgreement) {
  const Filed unknown{.title = "Printer rusak", .reporter = "", .office = "", .server = ""};
  const auto verdict = compare(unknown, unknown, minutes{1}).verdict;
  EXPECT_NE(verdict.strength, Strength::strong);
}

TEST(Verdict, NeverForgivesANumber) {
  for (const auto& [one, other] :
       std::vector<std::pair<std::string, std::string>>{{"Komputer loket 2 mati", "Komputer loket 5 mati"},
                                                        {"10.1.2.3 tidak menjawab", "10.1.2.4 tidak menjawab"},
                                                        {"ORA-00942 di menu gaji", "ORA-01017 di menu gaji"},
                                                        {"Faktur 20261107 ganda", "Faktur 20261108 ganda"}}) {
    EXPECT_NE(compare({.title = one}, {.title = other}, minutes{2}).verdict.strength, Strength::strong) << one;
    EXPECT_EQ(compare({.title = one}, {.title = one}, minutes{2}).verdict.strength, Strength::strong) << one;
  }
}

TEST(Verdict, ForgivesATypingErrorInAShortWordWhenAllElseIsTheSame) {
  const auto strength = [](const std::string& one, const std::string& other) {
    return compare({.title = one}, {.title = other}, minutes{20}).verdict.strength;
  };
  EXPECT_EQ(strength("Loket 4 lma sekali dilayani", "Loket 4 lama sekali dilayani"), Strength::strong);
  EXPECT_EQ(strength("Pembaca stau kartu loket 4", "Pembaca satu kartu loket 4"), Strength::strong);
  EXPECT_NE(strength("Cetak KTP di loket 4 gagal", "Cetak KTA di loket 4 gagal"), Strength::strong);
}

TEST(Verdict, TakesLessForOneReporterWhoTellsOfItAgainButNothingNamedMayBeAnother) {
  const Filed older{.title = "Internet ruang 107 lambat", .category = "jaringan"};
  const auto told_again = [&](const std::string& title, const std::string& category) {
    return compare({.title = title, .category = category}, older, hours{2}).verdict.told_again;
  };
  EXPECT_TRUE(told_again("Koneksi ruang 107 putus nyambung", "jaringan"));
  EXPECT_TRUE(told_again("Koneksi ruang 107 putus nyambung", ""));
  EXPECT_FALSE(told_again("Koneksi ruang 108 putus nyambung", "jaringan"));
  EXPECT_FALSE(told_again("Koneksi ruang 107 putus nyambung", "akun"));
  EXPECT_FALSE(told_again("Internet srv-db02 lambat", "jaringan"));
  EXPECT_FALSE(told_again("Meja 107 minta toner", "jaringan"));
}

TEST(Verdict, KnowsOneTroubleInOtherWordsOfOnePersonAndSaysSo) {
  const Filed older{.title = "Hasil cetak loket 4 kosong"};
  const auto verdict = compare({.title = "Ngeprint di loket 4 blank melulu"}, older, hours{2}).verdict;
  EXPECT_TRUE(verdict.told_again);
  EXPECT_NE(spelt_out(verdict).find("100% about the same"), std::string::npos) << spelt_out(verdict);
  EXPECT_FALSE(compare({.title = "Ngeprint di loket 4 blank", .reporter = "ani"}, older, hours{2}).verdict.told_again);
}

TEST(Verdict, TakesAnotherRoomOfOneOfficeForAnotherThing) {
  const Filed older{.title = "Hasil cetak printer loket 2 bergaris hitam"};
  const auto verdict = compare({.title = "Hasil cetak printer ruang rapat bergaris hitam"}, older, hours{2}).verdict;
  EXPECT_GT(verdict.strength, Strength::likely);
  EXPECT_FALSE(verdict.told_again);
  EXPECT_EQ(compare({.title = "Hasil cetak printer loket 2 bergaris hitam"}, older, hours{2}).verdict.strength,
            Strength::strong);
}

TEST(Verdict, CallsItStrongWhenOnePersonSaysTheSameButForTypingErrors) {
  const auto strength = [](const std::string& one, const std::string& other, const std::string& reporter) {
    return compare({.title = one, .reporter = reporter}, {.title = other}, hours{15}).verdict.strength;
  };
  EXPECT_EQ(strength("ANTRIAN TLELER 1 NOMRO DOGEL", "ANTRIAN TELLER 1 NOMOR DOBEL", "budi"), Strength::strong);
  EXPECT_NE(strength("ANTRIAN TLELER 1 NOMRO DOGEL", "ANTRIAN TELLER 1 NOMOR DOBEL", "ani"), Strength::strong);
  EXPECT_NE(strength("ANTRIAN TLELER 2 NOMRO DOGEL", "ANTRIAN TELLER 1 NOMOR DOBEL", "budi"), Strength::strong);
}

}  // namespace
}  // namespace gilir::duplicate
