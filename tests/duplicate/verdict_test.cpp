#include <gtest/gtest.h>

#include <algorithm>

#include "tests/duplicate/pair.h"

namespace gilir::duplicate {

TermFrequencies frequencies_for(const Subject& one, const Subject& other, std::int64_t tickets) {
  constexpr std::int64_t everyday_one_in = 40;
  TermFrequencies frequencies{tickets, {}};
  for (const auto& subject : {one, other}) {
    for (const auto& term : ticket_terms(subject.title, subject.body)) frequencies.tickets_with[term] = 3;
  }
  for (const auto& term : terms("printer cetak print gagal error login aplikasi application server kantor email rusak "
                                "broken lambat slow laporan report komputer password update 2 5")) {
    if (const auto found = frequencies.tickets_with.find(term); found != frequencies.tickets_with.end())
      found->second = std::max<std::int64_t>(3, tickets / everyday_one_in);
  }
  return frequencies;
}

namespace {

using std::chrono::hours;
using std::chrono::minutes;

Verdict verdict_on(const Subject& newer, const Subject& older, std::int64_t tickets = 20'000) {
  return judge(compare(features_of(newer), features_of(older), frequencies_for(newer, older, tickets)));
}

std::string spelt_out(const Verdict& verdict) {
  std::string text;
  for (const auto& reason : verdict.because) text += (text.empty() ? "" : ", ") + in_english(reason);
  return text;
}

// Checks every pair on a desk with this many tickets, so that the rule holds on its first day and later.
void check(const std::vector<Pair>& pairs, std::int64_t tickets) {
  for (const auto& pair : pairs) {
    SCOPED_TRACE(pair.says + ": \"" + pair.older.title + "\" and \"" + pair.newer.title + "\"");
    const auto older = pair.older.at(nine_o_clock);
    const auto newer = pair.newer.at(nine_o_clock + pair.apart);
    const auto verdict = verdict_on(newer, older, tickets);
    EXPECT_EQ(enum_name(verdict.strength), enum_name(pair.expected)) << verdict.score << ": " << spelt_out(verdict);
    EXPECT_GE(verdict.score, 0);
    EXPECT_LE(verdict.score, 1);
    EXPECT_EQ(verdict.because.empty(), verdict.strength == Strength::none);
  }
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

TEST(Verdict, IsTheSameWhicheverTicketCameFirst) {
  for (const auto* pairs : {&indonesian_pairs(), &english_pairs()}) {
    for (const auto& pair : *pairs) {
      SCOPED_TRACE(pair.says);
      auto older = pair.older.at(nine_o_clock);
      auto newer = pair.newer.at(nine_o_clock + pair.apart);
      older.open = newer.open = true;
      EXPECT_EQ(verdict_on(newer, older).strength, verdict_on(older, newer).strength);
    }
  }
}

TEST(Verdict, SpellsOutItsReasons) {
  const auto older = Filed{.title = "Laporan keuangan muncul ORA-00942", .category = "aplikasi"}.at(nine_o_clock);
  const auto newer = Filed{.title = "ORA-00942 buka laporan keuangan", .reporter = "Ani", .category = "aplikasi"}.at(
      nine_o_clock + minutes{4});
  EXPECT_EQ(spelt_out(verdict_on(newer, older)),
            "same office, same server, same category, shares ORA-00942, 75% of title words, filed 4 min apart");
}

TEST(Verdict, NamesThePlainWordThatFewTitleWordsShare) {
  const auto older = Filed{.title = "Printer kantor-123 tidak bisa cetak"}.at(nine_o_clock);
  const auto newer = Filed{.title = "Cetak dari loket 2 gagal terus", .reporter = "Ani"}.at(nine_o_clock + minutes{4});
  EXPECT_EQ(spelt_out(verdict_on(newer, older)),
            "same office, same server, shares Cetak, 33% of title words, filed 4 min apart");
}

TEST(Verdict, SaysHowLongApartInTheUnitThatFits) {
  EXPECT_EQ(in_english({ReasonKind::filed_apart, "", 40}), "filed 40 s apart");
  EXPECT_EQ(in_english({ReasonKind::filed_apart, "", 240}), "filed 4 min apart");
  EXPECT_EQ(in_english({ReasonKind::filed_apart, "", 7200}), "filed 2 h apart");
  EXPECT_EQ(in_english({ReasonKind::filed_apart, "", 3 * 86400}), "filed 3 days apart");
}

TEST(Verdict, NeverCallsTicketsOfDifferentServersStrong) {
  for (const auto* pairs : {&indonesian_pairs(), &english_pairs()}) {
    for (const auto& pair : *pairs) {
      SCOPED_TRACE(pair.says);
      auto older = pair.older.at(nine_o_clock);
      auto newer = pair.newer.at(nine_o_clock + pair.apart);
      older.server = "srv-db01";
      newer.server = "srv-db02";
      EXPECT_NE(verdict_on(newer, older).strength, Strength::strong);
    }
  }
}

TEST(Verdict, DoesNotTakeSilenceForAgreement) {
  const Filed unknown{.title = "Printer rusak", .reporter = "", .office = "", .server = ""};
  const auto verdict = verdict_on(unknown.at(nine_o_clock + minutes{1}), unknown.at(nine_o_clock));
  EXPECT_EQ(verdict.strength, Strength::weak);
  EXPECT_EQ(spelt_out(verdict), "100% of title words, filed 1 min apart");
}

// Most candidates are told by their titles alone that they are none; that must never be wrong.
TEST(BestMatches, AreAllThatJudgeCallsAlikeWhateverTheContext) {
  std::vector<Filed> tickets;
  for (const auto* pairs : {&indonesian_pairs(), &english_pairs()}) {
    for (const auto& pair : *pairs) {
      for (auto ticket : {pair.older, pair.newer}) {
        tickets.push_back(ticket);
        ticket.reporter = "Ani";
        ticket.office = ticket.server = "kantor-900";
        tickets.push_back(ticket);
      }
    }
  }
  for (const auto& one : tickets) {
    for (const auto& other : tickets) {
      const auto newer = one.at(nine_o_clock + minutes{20});
      const auto older = other.at(nine_o_clock);
      const auto frequencies = frequencies_for(newer, older, 20'000);
      const auto verdict = judge(compare(features_of(newer), features_of(older), frequencies));
      const auto matches = best_matches(newer, {{TicketNumber{1}, older}}, frequencies);
      ASSERT_EQ(matches.empty(), verdict.strength == Strength::none) << one.title << " and " << other.title;
      if (matches.empty()) continue;
      ASSERT_EQ(matches.front().verdict, verdict) << one.title << " and " << other.title;
    }
  }
}

TEST(BestMatches, ComeStrongestFirstAndAtMostAsManyAsAsked) {
  const auto filed = [](std::int64_t number, const Filed& ticket, minutes after) {
    return Candidate{TicketNumber{number}, ticket.at(nine_o_clock + after)};
  };
  const std::vector<Candidate> candidates{
      filed(40, {.title = "Permintaan akun email", .office = "kantor-200", .server = "kantor-200"}, minutes{0}),
      filed(41, {.title = "Printer kantor-123 tidak bisa cetak"}, minutes{1}),
      filed(42, {.title = "Cetak dari loket 2 gagal terus"}, minutes{5}),
      filed(43, {.title = "Printer kantor-123 tidak bisa cetak"}, minutes{8}),
      filed(44, {.title = "Jaringan lambat"}, minutes{9}),
  };
  const auto newer = Filed{.title = "Printer kantor-123 tidak bisa cetak"}.at(nine_o_clock + minutes{12});
  const auto numbers = [&](std::size_t most) {
    std::vector<std::int64_t> found;
    for (const auto& match : best_matches(newer, candidates, {}, most)) found.push_back(match.number.value);
    return found;
  };
  EXPECT_EQ(numbers(5), (std::vector<std::int64_t>{43, 41, 42, 44}));
  EXPECT_EQ(numbers(2), (std::vector<std::int64_t>{43, 41}));
  EXPECT_EQ(numbers(0), (std::vector<std::int64_t>{}));
}

}  // namespace
}  // namespace gilir::duplicate
