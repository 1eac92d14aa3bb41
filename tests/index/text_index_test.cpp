#include "core/index/text_index.h"

#include <gtest/gtest.h>

#include "core/index/live_texts.h"
#include "tests/fakes/expect_error.h"
#include "tests/index/random_texts.h"

namespace gilir::index {
namespace {

constexpr std::array all_lists{List::titles, List::tickets, List::replies, List::notes};

class TextIndex : public testing::Test {
 protected:
  IndexedDesk desk_;

  std::vector<std::int64_t> found(const TextTerms& text, std::optional<TicketNumber> except = std::nullopt) {
    std::vector<std::int64_t> tickets;
    for (const auto& one : duplicate::find_candidates(desk_.connection, text, desk_.now(), except).candidates) {
      tickets.push_back(find_text(desk_.connection, one.text)->ticket.value);
    }
    return tickets;
  }
  std::int64_t with(const std::string& term, List list) { return frequencies(desk_.connection, {term}, list).of(term); }
};

using Tickets = std::vector<std::int64_t>;

TEST_F(TextIndex, FindsNothingOnAnEmptyDesk) {
  EXPECT_EQ(found(terms({"printer", "macet"})), Tickets{});
  EXPECT_EQ(found({}), Tickets{});
  EXPECT_FALSE(wants_merge(desk_.connection, 1));
  EXPECT_FALSE(step_merge(desk_.connection));
}

TEST_F(TextIndex, FindsThoseThatShareMoreFirstBeforeAndAfterMerging) {
  desk_.file(1, terms({"macet", "printer"}));
  desk_.file(2, terms({"antri", "macet", "printer"}));
  desk_.file(3, terms({"jaringan"}));
  for (int merged = 0; merged < 2; ++merged) {
    EXPECT_EQ(found(terms({"antri", "macet", "printer"})), (Tickets{2, 1}));
    EXPECT_EQ(found(terms({"antri", "macet", "printer"}), TicketNumber{2}), Tickets{1});
    desk_.merge_all();
  }
}

TEST_F(TextIndex, AWordOfTheTitleCountsForMoreThanOneOfTheBody) {
  desk_.file(1, terms({"macet"}, {"printer"}));
  desk_.file(2, terms({"printer"}, {"macet"}));
  desk_.file(3, terms({"lain"}, {"kata"}));
  EXPECT_EQ(found(terms({"printer"})), (Tickets{2, 1}));
}

TEST_F(TextIndex, FindsRepliesAndNotesOfNobodyAsLookAlikes) {
  desk_.file(1, terms({"printer"}));
  desk_.add(1, TextKind::reply, 7, terms({}, {"toner"}));
  desk_.add(1, TextKind::note, 8, terms({}, {"toner"}));
  EXPECT_EQ(found(terms({"toner"})), Tickets{});
  desk_.merge_all();
  EXPECT_EQ(found(terms({"toner"})), Tickets{});
}

TEST_F(TextIndex, AFinishedTicketCountsForSoManyDaysAndAgainWhenItIsReopened) {
  desk_.file(1, terms({"printer"}));
  desk_.finish(1);
  EXPECT_EQ(found(terms({"printer"})), Tickets{1});
  desk_.day += finished_counts_days;
  EXPECT_EQ(found(terms({"printer"})), Tickets{1});
  ++desk_.day;
  EXPECT_EQ(found(terms({"printer"})), Tickets{});
  desk_.file(2, terms({"lain"}));  // its block lives on, but it does not
  EXPECT_EQ(found(terms({"printer"})), Tickets{});
  desk_.reopen(1);
  EXPECT_EQ(counts_as_open(desk_.connection, {1}), true);
  EXPECT_EQ(found(terms({"printer"})), Tickets{1});
}

TEST_F(TextIndex, AnEditedTicketIsFoundByWhatItSaysNow) {
  desk_.file(1, terms({"printer"}));
  desk_.finish(1);
  desk_.merge_all();
  desk_.edit(1, terms({"proyektor"}));
  EXPECT_EQ(found(terms({"printer"})), Tickets{});
  EXPECT_EQ(found(terms({"proyektor"})), Tickets{1});
  desk_.day += finished_counts_days + 1;
  EXPECT_EQ(found(terms({"proyektor"})), Tickets{}) << "it is finished still";
  EXPECT_EQ(counts_as_open(desk_.connection, {1}), false);
  EXPECT_EQ(counts_as_open(desk_.connection, {2}), std::nullopt);
  desk_.edit(2, terms({"printer"}));
  EXPECT_EQ(found(terms({"printer"})), Tickets{2}) << "an unknown one is added";
}

// What waits counts among the newest, so that nothing depends on when it is merged.
TEST_F(TextIndex, FindsTheSameOfAFrequentTermBeforeAndAfterMerging) {
  for (std::int64_t ticket = 1; ticket <= 1'500; ++ticket) {
    desk_.file(ticket, terms({"printer"}, {"toner"}));
    if (ticket == 800) desk_.merge_all();
  }
  const auto numbers = [&] {
    std::vector<std::int64_t> found;
    for (const auto& one : duplicate::find_candidates(desk_.connection, terms({}, {"printer"}), desk_.now(),
                                                      std::nullopt, {.most = 5'000, .postings = 600})
                               .candidates) {
      found.push_back(one.text.value);
    }
    std::ranges::sort(found, std::ranges::greater{});
    return found;
  };
  const auto waiting = numbers();
  ASSERT_EQ(waiting.size(), 600U);
  EXPECT_EQ(waiting.front(), 1'500);
  EXPECT_EQ(waiting.back(), 901);
  desk_.merge_all();
  EXPECT_EQ(numbers(), waiting);
}

TEST_F(TextIndex, AChangeThatLeavesATicketOpenWritesNothing) {
  desk_.file(1, terms({"printer"}));
  desk_.file(2, terms({"printer"}));
  desk_.finish(2);
  const auto changes = [&] { return desk_.connection.first<std::int64_t>("SELECT total_changes()"); };
  const auto before = changes();
  desk_.reopen(1);
  desk_.finish(2);
  EXPECT_EQ(changes(), before);
  desk_.finish(1);
  EXPECT_GT(changes(), before);
}

TEST_F(TextIndex, ANumberIsNeverGivenAgain) {
  desk_.file(1, terms({"printer"}));
  desk_.remove(1, TextKind::ticket, 0);
  EXPECT_EQ(desk_.file(2, terms({"printer"})), 2);
  desk_.merge_all();
  desk_.remove(2, TextKind::ticket, 0);
  EXPECT_EQ(desk_.file(3, terms({"printer"})), 3);
}

TEST_F(TextIndex, KeepsWhatATextIsMadeOf) {
  const auto text = terms({"printer", "macet"}, {"printer", "printer", "tolong"});
  const TextNumber number{desk_.file(4, text)};
  EXPECT_EQ(terms_of_text(desk_.connection, number), text);
  desk_.add(4, TextKind::note, 9, terms({}, {"toner"}));
  const auto newest = texts_of_ticket(desk_.connection, {4}, 10);
  ASSERT_EQ(newest.size(), 2U);
  const auto& note = newest.front().kind == TextKind::note ? newest.front() : newest.back();
  EXPECT_EQ(note.source, 9);
  EXPECT_EQ(text_of_ticket(desk_.connection, {4}), number);
  desk_.remove(4, TextKind::ticket, 0);
  EXPECT_FALSE(stored_text(desk_.connection, number));
  EXPECT_FALSE(find_text(desk_.connection, number));
  expect_error(ErrorCode::damaged, [&] { terms_of_text(desk_.connection, number); });
}

TEST_F(TextIndex, NotesChangeNothingForThoseWhoMayNotSeeThem) {
  desk_.file(1, terms({"printer"}));
  desk_.add(1, TextKind::reply, 2, terms({}, {"toner"}));
  const auto before = frequencies(desk_.connection, {"printer", "toner"}, List::replies);
  const auto candidates = duplicate::find_candidates(desk_.connection, terms({"printer"}), desk_.now()).candidates;
  for (int i = 0; i < 30; ++i) desk_.add(1, TextKind::note, 3 + i, terms({}, {"toner", "printer"}));
  for (int merged = 0; merged < 2; ++merged) {
    const auto after = frequencies(desk_.connection, {"printer", "toner"}, List::replies);
    EXPECT_EQ(after.texts, before.texts);
    EXPECT_EQ(after.texts_with, before.texts_with);
    const auto again = duplicate::find_candidates(desk_.connection, terms({"printer"}), desk_.now()).candidates;
    ASSERT_EQ(again.size(), candidates.size());
    EXPECT_EQ(again.front().shared, candidates.front().shared);
    desk_.merge_all();
  }
  EXPECT_EQ(with("toner", List::notes), 30);
}

TEST_F(TextIndex, AMergeThatIsHalfDoneIsSeenByNobody) {
  RandomTexts random(11);
  for (std::int64_t ticket = 1; ticket <= 60; ++ticket) desk_.file(ticket, random.text(4, 20));
  const auto query = random.text(5, 20);
  const auto before = found(query);
  const auto counts = [&] { return frequencies(desk_.connection, {"kata1", "kata3"}, List::tickets).texts_with; };
  const auto counted = counts();
  int steps = 0;
  while (step_merge(desk_.connection, Milliseconds{0}, 1)) {
    ++steps;
    ASSERT_EQ(found(query), before) << steps;
    ASSERT_EQ(counts(), counted) << steps;
  }
  EXPECT_GT(steps, 5);
  EXPECT_EQ(found(query), before);
  EXPECT_EQ(desk_.connection.first<std::int64_t>("SELECT merged FROM index_state"), 60);
}

TEST_F(TextIndex, WaitsWithAMergeUntilEnoughWaits) {
  for (std::int64_t ticket = 1; ticket < merge_after; ++ticket) desk_.file(ticket, terms({"printer"}));
  EXPECT_FALSE(wants_merge(desk_.connection));
  EXPECT_FALSE(step_merge(desk_.connection));
  EXPECT_EQ(desk_.connection.first<std::int64_t>("SELECT count(*) FROM posting"), 0);
  desk_.file(merge_after, terms({"printer"}));
  EXPECT_TRUE(wants_merge(desk_.connection));
  while (step_merge(desk_.connection)) {
  }
  EXPECT_EQ(desk_.connection.first<std::int64_t>("SELECT merged FROM index_state"), merge_after);
}

TEST_F(TextIndex, ReadsOnlyTheNewestOfAFrequentTerm) {
  desk_.file(1, terms({"printer"}, {"toner"}));
  for (std::int64_t ticket = 2; ticket <= 3'000; ++ticket) desk_.file(ticket, terms({"printer"}));
  desk_.merge_all();
  const auto numbers = [&](std::int64_t postings) {
    std::vector<std::int64_t> found;
    for (const auto& one : duplicate::find_candidates(desk_.connection, terms({}, {"printer", "toner"}), desk_.now(),
                                                      std::nullopt, {.most = 5'000, .postings = postings})
                               .candidates) {
      found.push_back(one.text.value);
    }
    return found;
  };
  const auto all = numbers(10'000);
  EXPECT_EQ(all.size(), 3'000U);
  const auto few = numbers(700);
  ASSERT_EQ(few.size(), 700U) << "one with the rare word, and the newest";
  EXPECT_EQ(few.front(), 1);
  EXPECT_EQ(few[1], 3'000);
  EXPECT_EQ(few.back(), 2'302);
}

// What shares at least as much as others in the plain index must be what is found; sums may differ in the last digits.
void expect_same_candidates(IndexedDesk& desk, const TextTerms& query, std::size_t most) {
  const auto found = duplicate::find_candidates(desk.connection, query, desk.now(), std::nullopt, {.most = most});
  std::map<std::int64_t, double> expected;
  for (const auto& text : desk.texts) {
    if (!desk.is_live(text)) continue;
    double sum = 0;
    for (const auto& term : query.terms) {
      for (const auto list : {List::titles, List::tickets}) {
        if (list == List::titles && term.title == 0) continue;
        const auto weight = desk.weight(text, term.text, list);
        if (!weight) continue;
        const double x = 5.0 * term.title + (list == List::titles ? 0 : term.body);
        sum += desk.idf(term.text, list) * 5 * x / (4 + x) * weight_of(*weight);
      }
    }
    if (sum > 0) expected[text.number] = sum;
  }
  ASSERT_EQ(found.candidates.size(), std::min(most, expected.size()));
  std::vector<double> best;
  for (const auto& [number, sum] : expected) best.push_back(sum);
  std::ranges::sort(best, std::ranges::greater{});
  for (std::size_t i = 0; i < found.candidates.size(); ++i) {
    const auto& one = found.candidates[i];
    ASSERT_TRUE(expected.contains(one.text.value)) << one.text.value;
    ASSERT_NEAR(one.shared, expected[one.text.value], 1e-2);
    ASSERT_NEAR(one.shared, best[i], 1e-2) << i;
  }
}

void expect_same_counts(IndexedDesk& desk, const std::vector<std::string>& words) {
  for (const auto list : all_lists) {
    const auto found = frequencies(desk.connection, words, list);
    ASSERT_EQ(found.texts, desk.texts_of(list));
    for (const auto& word : words) {
      ASSERT_EQ(found.of(word), desk.texts_with(word, list)) << word << " in list " << static_cast<int>(list);
    }
  }
}

TEST(TextIndexModel, AnswersAsThePlainestIndexDoesWhateverHappened) {
  for (const unsigned seed : {1U, 2U, 3U, 4U}) {
    SCOPED_TRACE(seed);
    IndexedDesk desk;
    RandomTexts random(seed);
    for (int round = 0; round < 900; ++round) {
      do_something(desk, random);
      if (round % 30 != 0) continue;
      ASSERT_NO_FATAL_FAILURE(expect_same_candidates(desk, random.text(4, 15), 25)) << round;
      ASSERT_NO_FATAL_FAILURE(expect_same_counts(desk, {"kata0", random.word(), random.word(), "nowhere"})) << round;
    }
    desk.merge_all();
    ASSERT_NO_FATAL_FAILURE(expect_same_candidates(desk, random.text(4, 15), 1'000));
    ASSERT_NO_FATAL_FAILURE(expect_same_counts(desk, {"kata0", "kata1", "kata2", "kata3"}));
  }
}

TEST_F(TextIndex, GoesThroughSeveralBlocksAndWindows) {
  const auto common = terms({"printer"});
  constexpr std::int64_t many = 40'000;
  for (std::int64_t ticket = 1; ticket <= many; ++ticket) {
    add_text(desk_.connection, {ticket}, TextKind::ticket, 0,
             ticket % 5'000 == 0 ? terms({"printer", "toner"}) : common);
  }
  while (step_merge(desk_.connection, Milliseconds{1'000}, 1)) {
  }
  EXPECT_EQ(found(terms({"toner"})), (Tickets{40'000, 35'000, 30'000, 25'000, 20'000, 15'000, 10'000, 5'000}));
  set_open(desk_.connection, {20'000}, false, WallTime{});
  EXPECT_EQ(found(terms({"toner"})), (Tickets{40'000, 35'000, 30'000, 25'000, 15'000, 10'000, 5'000}));
  EXPECT_EQ(with("printer", List::titles), many);
}

}  // namespace
}  // namespace gilir::index
