#include "core/index/search.h"

#include <gtest/gtest.h>

#include <set>

#include "core/index/near_term.h"
#include "tests/index/random_texts.h"

namespace gilir::index {
namespace {

using Tickets = std::vector<std::int64_t>;

class TextSearch : public testing::Test {
 protected:
  IndexedDesk desk_;

  SearchPage page(const SearchQuery& query, std::size_t from = 0, std::size_t most = 100,
                  const SearchBounds& bounds = {}) {
    return search(desk_.connection, query, from, most, bounds);
  }
  Tickets found(const SearchQuery& query, std::size_t from = 0, std::size_t most = 100,
                const SearchBounds& bounds = {}) {
    Tickets tickets;
    for (const auto& hit : page(query, from, most, bounds).hits) tickets.push_back(hit.ticket.value);
    return tickets;
  }
  // Before and after merging alike.
  void expect_found(const SearchQuery& query, const Tickets& expected) {
    EXPECT_EQ(found(query), expected);
    store::Transaction transaction(desk_.connection, store::Transaction::Kind::write);
    desk_.merge_all();
    EXPECT_EQ(found(query), expected) << "after merging";
  }
};

TEST_F(TextSearch, FindsNothingOnAnEmptyDeskOrForNoWords) {
  expect_found({.terms = {"printer"}}, {});
  desk_.file(1, terms({"printer"}));
  expect_found({}, {});
  expect_found({.terms = {"nowhere"}, .prefixes = {"xy"}}, {});
}

TEST_F(TextSearch, RanksMoreWordsRarerWordsAndTitlesHigher) {
  desk_.file(1, terms({"printer"}, {"macet"}));
  desk_.file(2, terms({"macet"}, {"printer", "toner"}));
  desk_.file(3, terms({"lain"}, {"printer"}));
  for (std::int64_t ticket = 4; ticket < 9; ++ticket) desk_.file(ticket, terms({"hal"}, {"kabel"}));
  expect_found({.terms = {"printer", "toner"}}, {2, 1, 3});
  expect_found({.terms = {"macet"}}, {2, 1});
  expect_found({.terms = {"kabel"}}, {8, 7, 6, 5, 4});
}

TEST_F(TextSearch, AWholeIdentifierComesBeforeAllOfItsParts) {
  desk_.file(1, terms({"=srv-db01", "db01", "srv"}));
  desk_.file(2, terms({"db01", "db01", "srv", "srv"}));
  desk_.file(3, terms({}, {"=srv-db01", "db01", "srv"}));
  expect_found({.terms = {"=srv-db01", "srv", "db01"}}, {1, 3, 2});
}

TEST_F(TextSearch, TicketsWithAllWordsComeBeforeOnesWithRarerWordsInTheirTitles) {
  desk_.file(1, terms({}, {"printer", "kertas", "lain", "lagi", "juga"}));
  desk_.file(2, terms({"kertas", "toner"}));
  for (std::int64_t ticket = 3; ticket < 40; ++ticket) desk_.file(ticket, terms({"printer"}));
  const SearchQuery query{.terms = {"printer", "kertas", "toner"}, .words = {{{"printer"}}, {{"kertas"}}}};
  const auto hits = [&] { return page(query).hits; };
  for (int merged = 0; merged < 2; ++merged) {
    ASSERT_EQ(hits().size(), 39u);
    EXPECT_EQ(hits()[0].ticket.value, 1);
    EXPECT_TRUE(hits()[0].all_words);
    EXPECT_EQ(hits()[1].ticket.value, 2);
    EXPECT_FALSE(hits()[1].all_words);
    store::Transaction transaction(desk_.connection, store::Transaction::Kind::write);
    desk_.merge_all();
  }
}

TEST_F(TextSearch, AWordIsHadByAnyOfItsTermsAndBeginnings) {
  desk_.file(1, terms({"cetak", "toner"}));
  desk_.file(2, terms({"mencetak"}, {"toner"}));
  desk_.file(3, terms({"toner"}));
  const SearchQuery query{
      .terms = {"cetak", "toner"}, .prefixes = {"mencet"}, .words = {{{"cetak"}, {"mencet"}}, {{"toner"}}}};
  const auto hits = page(query).hits;
  ASSERT_EQ(hits.size(), 3u);
  EXPECT_TRUE(hits[0].all_words && hits[1].all_words);
  EXPECT_EQ(hits[2].ticket.value, 3);
  EXPECT_FALSE(hits[2].all_words);
}

TEST_F(TextSearch, ATicketHasAllWordsWhenItsTextsHaveThemTogether) {
  desk_.file(1, terms({"printer"}));
  desk_.add(1, TextKind::reply, 5, terms({}, {"toner", "lain", "lagi", "juga"}));
  desk_.file(2, terms({"toner"}));
  const SearchQuery query{.terms = {"printer", "toner"}, .words = {{{"printer"}}, {{"toner"}}}};
  EXPECT_TRUE(page(query).hits.at(0).all_words);
  EXPECT_EQ(found(query), (Tickets{1, 2}));
  EXPECT_FALSE(page(query).hits.at(1).all_words);
}

TEST_F(TextSearch, WhatWasNotGoneThroughIsReadOfTheBestTexts) {
  desk_.file(1, terms({"langka", "printer"}));
  for (std::int64_t ticket = 2; ticket < 1'000; ++ticket) desk_.file(ticket, terms({"printer"}));
  desk_.merge_all();
  const SearchQuery query{.terms = {"langka", "printer"}, .words = {{{"langka"}}, {{"printer"}}}};
  const auto some = page(query, 0, 10, {.postings = 100});
  EXPECT_FALSE(some.complete);
  EXPECT_EQ(some.hits.at(0).ticket.value, 1);
  EXPECT_TRUE(some.hits.at(0).all_words);
  EXPECT_FALSE(some.hits.at(1).all_words);
}

TEST_F(TextSearch, NamedTicketsHaveTheWordsOfTheirNameWhateverTheySay) {
  desk_.file(1, terms({"printer"}));
  desk_.file(2, terms({"printer"}));
  desk_.file(3, terms({"monitor"}));
  desk_.file(4, terms({"gudang"}, {"printer"}));
  SearchQuery query{.terms = {"printer", "gudang"}, .words = {{{"printer"}}, {{"gudang"}}}};
  query.named = {{.words = 2, .newest = {{1}, {3}}}};
  const auto hits = page(query).hits;
  ASSERT_EQ(hits.size(), 4u);
  EXPECT_TRUE(hits[0].all_words && hits[1].all_words);
  EXPECT_EQ((std::set{hits[0].ticket.value, hits[1].ticket.value}), (std::set<std::int64_t>{1, 4}));
  EXPECT_FALSE(hits[2].all_words || hits[3].all_words);
  // Those that rank first, and one that is older than the newest and is found by its text.
  query.named = {
      {.words = 2, .newest = {{3}}, .first = true, .is_one = [](TicketNumber one) { return one.value == 2; }}};
  EXPECT_EQ(found(query), (Tickets{4, 2, 3, 1}));
}

TEST_F(TextSearch, SaysWhichWordsNoTextHas) {
  desk_.file(1, terms({"printer"}));
  SearchQuery query{.terms = {"printer", "pritner"}, .words = {{{"printer"}}, {{"pritner"}}, {{}, {"xy"}}}};
  query.prefixes = {"xy"};
  EXPECT_EQ(page(query).unknown, 0b110u);
  query.named = {{.words = 0b100, .newest = {{1}}}};
  EXPECT_EQ(page(query).unknown, 0b010u);
}

TEST_F(TextSearch, KnowsATermThatIsOneTypingErrorAway) {
  desk_.file(1, terms({"printer", "tonner"}));
  desk_.file(2, terms({"printer", "toner"}));
  desk_.file(3, terms({"toner"}));
  desk_.add(3, TextKind::note, 6, terms({}, {"rahasia"}));
  for (int merged = 0; merged < 2; ++merged) {
    const auto near = [&](const char* term) { return near_term(desk_.connection, term, false); };
    for (const auto* typed : {"pritner", "printr", "printerr", "prinser"}) EXPECT_EQ(near(typed), "printer") << typed;
    EXPECT_EQ(near("tooner"), "toner");
    for (const auto* typed : {"printer", "pirnetr", "sprinter", "2oner", "ton", "", "rahasiaa"})
      EXPECT_FALSE(near(typed)) << typed;
    EXPECT_EQ(near_term(desk_.connection, "rahasiaa", true), "rahasia");
    store::Transaction transaction(desk_.connection, store::Transaction::Kind::write);
    desk_.merge_all();
  }
}

TEST_F(TextSearch, FindsBeginningsOfWords) {
  desk_.file(1, terms({"certificate"}));
  desk_.file(2, terms({"certainly"}));
  desk_.file(3, terms({"concert"}));
  expect_found({.prefixes = {"cert"}}, {2, 1});
  expect_found({.prefixes = {"certi"}}, {1});
  expect_found({.prefixes = {"c"}}, {});
}

TEST_F(TextSearch, OfManyWordsThatBeginSoTheMostFrequentAreTakenAndItSaysSo) {
  std::int64_t ticket = 0;
  for (int word = 0; word < 20; ++word) {
    for (int times = 0; times <= word; ++times) desk_.file(++ticket, terms({"kata" + std::to_string(word + 10)}));
  }
  desk_.merge_all();
  const auto some = page({.prefixes = {"kata"}}, 0, 500, {.taken_of_prefix = 2});
  EXPECT_EQ(some.hits.size(), 39U);
  EXPECT_FALSE(some.complete);
  EXPECT_FALSE(page({.prefixes = {"kata"}}, 0, 500, {.prefix_terms = 5, .taken_of_prefix = 50}).complete);
  const auto all = page({.prefixes = {"kata"}}, 0, 500, {.taken_of_prefix = 20});
  EXPECT_EQ(all.hits.size(), 210U);
  EXPECT_TRUE(all.complete);
}

TEST_F(TextSearch, LeavesOutTicketsWithAWordInAnyTextThatMayBeSeen) {
  desk_.file(1, terms({"printer"}));
  desk_.file(2, terms({"printer"}));
  desk_.file(3, terms({"printer", "toner"}));
  desk_.add(2, TextKind::reply, 5, terms({}, {"toner"}));
  desk_.add(1, TextKind::note, 6, terms({}, {"toner"}));
  expect_found({.terms = {"printer"}, .without = {"toner"}}, {1});
  expect_found({.terms = {"printer"}, .without = {"toner"}, .notes = true}, {});
}

TEST_F(TextSearch, NotesPushNothingOutOfWhatIsLookedAtForWordsToLeaveOut) {
  desk_.file(1, terms({"printer", "toner"}));
  desk_.file(2, terms({"printer"}));
  const SearchBounds bounds{.texts_of_ticket = 3};
  for (std::int64_t note = 1; note <= 3; ++note) desk_.add(1, TextKind::note, note, terms({}, {"rahasia"}));
  EXPECT_EQ(found({.terms = {"printer"}, .without = {"toner"}}, 0, 100, bounds), (Tickets{2}));
  EXPECT_EQ(found({.terms = {"printer"}, .without = {"toner"}, .notes = true}, 0, 100, bounds), (Tickets{2, 1}));
}

TEST_F(TextSearch, NamesTheTextThatWasFound) {
  desk_.file(1, terms({"printer"}));
  desk_.add(1, TextKind::reply, 5, terms({}, {"toner"}));
  desk_.add(1, TextKind::note, 6, terms({}, {"kabel"}));
  const auto reply = page({.terms = {"toner"}}).hits.at(0);
  EXPECT_EQ(reply.kind, TextKind::reply);
  EXPECT_EQ(reply.source, 5);
  EXPECT_EQ(reply.text, TextNumber{2});
  const auto note = page({.terms = {"kabel"}, .notes = true}).hits.at(0);
  EXPECT_EQ(note.kind, TextKind::note);
  EXPECT_EQ(note.source, 6);
}

TEST_F(TextSearch, ATicketIsFoundOnceByAllItsTexts) {
  desk_.file(1, terms({"printer"}));
  desk_.file(2, terms({"printer"}));
  desk_.add(1, TextKind::reply, 5, terms({}, {"toner"}));
  desk_.add(2, TextKind::reply, 6, terms({}, {"kabel"}));
  expect_found({.terms = {"printer", "toner"}}, {1, 2});
}

TEST_F(TextSearch, PassesOverTextsThatAreGone) {
  desk_.file(1, terms({"printer"}));
  desk_.file(2, terms({"printer"}));
  desk_.add(2, TextKind::reply, 4, terms({}, {"toner"}));
  desk_.merge_all();
  desk_.edit(1, terms({"proyektor"}));
  desk_.remove(2, TextKind::reply, 4);
  expect_found({.terms = {"printer"}}, {2});
  expect_found({.terms = {"toner"}}, {});
  desk_.edit(1, terms({"meja"}));  // before it was merged
  expect_found({.terms = {"proyektor"}}, {});
}

// A word that only notes have must leave no trace: same tickets, same scores, same counts.
TEST_F(TextSearch, NotesTellNothingToThoseWhoMayNotSeeThem) {
  RandomTexts random(21);
  for (std::int64_t ticket = 1; ticket <= 80; ++ticket) {
    desk_.file(ticket, random.text(4, 20));
    if (ticket % 3 == 0) desk_.add(ticket, TextKind::reply, ticket, random.text(0, 15));
  }
  const SearchQuery query{.terms = {"kata0", "kata3", "kata7", "secret"}, .prefixes = {"kata1"}};
  const auto before = page(query);
  for (std::int64_t ticket = 1; ticket <= 80; ++ticket) {
    desk_.add(ticket, TextKind::note, 200 + ticket, terms({}, {"secret", "kata3", "kata1000"}));
  }
  for (int merged = 0; merged < 2; ++merged) {
    const auto after = page(query);
    EXPECT_EQ(after.texts, before.texts);
    EXPECT_EQ(after.more, before.more);
    EXPECT_EQ(after.complete, before.complete);
    ASSERT_EQ(after.hits.size(), before.hits.size());
    for (std::size_t i = 0; i < after.hits.size(); ++i) {
      EXPECT_EQ(after.hits[i].ticket, before.hits[i].ticket);
      EXPECT_EQ(after.hits[i].score, before.hits[i].score);
    }
    auto seen = query;
    seen.notes = true;
    EXPECT_GT(page(seen).texts, after.texts);
    desk_.merge_all();
  }
}

// They bring the merge nearer, and what is merged and what waits must be found alike.
TEST_F(TextSearch, NotesDoNotDecideWhatIsFoundOfAFrequentWord) {
  for (std::int64_t ticket = 1; ticket <= 400; ++ticket) {
    desk_.file(ticket, terms({"printer", "kata" + std::to_string(ticket)}));
    if (ticket == 100) desk_.merge_all();
  }
  const auto look = [&] { return page({.terms = {"printer"}}, 0, 1'000, {.postings = 300}); };
  const auto before = look();
  EXPECT_FALSE(before.complete);
  EXPECT_EQ(before.texts, 300);
  EXPECT_EQ(before.hits.back().ticket, TicketNumber{101});
  for (std::int64_t note = 1; note <= merge_after; ++note) desk_.add(1, TextKind::note, note, terms({}, {"rahasia"}));
  ASSERT_TRUE(wants_merge(desk_.connection));
  while (step_merge(desk_.connection)) {
  }
  const auto after = look();
  EXPECT_EQ(after.complete, before.complete);
  EXPECT_EQ(after.texts, before.texts);
  ASSERT_EQ(after.hits.size(), before.hits.size());
  EXPECT_EQ(after.hits.back().ticket, before.hits.back().ticket);
}

TEST_F(TextSearch, PagesFitTogether) {
  RandomTexts random(22);
  for (std::int64_t ticket = 1; ticket <= 150; ++ticket) desk_.file(ticket, random.text(3, 10));
  const SearchQuery query{.terms = {"kata0", "kata1", "kata2"}};
  for (const std::size_t texts_at_once : {20U, 200U}) {
    const SearchBounds bounds{.texts_at_once = texts_at_once};
    const auto all = found(query, 0, 1'000, bounds);
    ASSERT_GT(all.size(), 60U);
    Tickets in_pages;
    while (true) {
      const auto next = page(query, in_pages.size(), 7, bounds);
      for (const auto& hit : next.hits) in_pages.push_back(hit.ticket.value);
      EXPECT_EQ(next.more, in_pages.size() < all.size());
      if (!next.more) break;
    }
    EXPECT_EQ(in_pages, all);
    EXPECT_TRUE(page(query, 5'000, 7, bounds).hits.empty());
  }
}

TEST_F(TextSearch, ReadsTheRarestWordsFirstAndSaysWhenItLeftSomethingOut) {
  desk_.file(1, terms({"printer"}, {"toner"}));
  for (std::int64_t ticket = 2; ticket <= 2'000; ++ticket) desk_.file(ticket, terms({"printer"}));
  desk_.merge_all();
  const SearchQuery query{.terms = {"printer", "toner"}};
  const auto some = page(query, 0, 10, {.postings = 500});
  EXPECT_FALSE(some.complete);
  EXPECT_EQ(some.texts, 500);
  EXPECT_EQ(some.hits.front().ticket, TicketNumber{1});
  EXPECT_EQ(some.hits[1].ticket, TicketNumber{2'000});
  EXPECT_TRUE(page(query, 0, 10, {.texts = 2'000}).complete);
}

TEST_F(TextSearch, SaysWhenItDidNotLookForAllWords) {
  std::vector<std::string> words;
  for (std::int64_t ticket = 1; ticket <= 6; ++ticket) {
    words.push_back("kata" + std::to_string(ticket));
    desk_.file(ticket, terms({words.back()}));
  }
  const SearchBounds bounds{.terms = 4, .prefixes = 4};
  const auto some = page({.terms = words}, 0, 10, bounds);
  EXPECT_EQ(some.hits.size(), 4U);
  EXPECT_FALSE(some.complete);
  EXPECT_FALSE(page({.prefixes = words}, 0, 10, bounds).complete);
  words.resize(4);
  words.push_back(words.front());
  const auto all = page({.terms = words, .prefixes = words}, 0, 10, bounds);
  EXPECT_EQ(all.hits.size(), 4U);
  EXPECT_TRUE(all.complete) << "the same word twice is one";
}

// Against every text gone through one by one.
std::map<std::int64_t, double> plain_scores(const IndexedDesk& desk, const SearchQuery& query) {
  std::vector<List> lists{List::tickets, List::replies};
  if (query.notes) lists.push_back(List::notes);
  std::map<std::int64_t, std::vector<double>> scores;
  std::int64_t texts = 0;
  for (const auto list : lists) texts += desk.texts_of(list);
  for (const auto& text : desk.texts) {
    if (text.ticket == 0) continue;
    double score = 0;
    for (const auto& term : query.terms) {
      std::int64_t with = 0;
      for (const auto list : lists) with += desk.texts_with(term, list);
      for (const auto list : lists) {
        const auto weight = desk.weight(text, term, list);
        if (!weight) continue;
        score += inverse_frequency(texts, with) * (.5 + .5 * weight_of(*weight)) + (is_identifier(term) ? 1'000 : 0);
      }
    }
    if (score > 0) scores[text.ticket].push_back(score);
  }
  std::map<std::int64_t, double> tickets;
  for (auto& [ticket, all] : scores) {
    const double best = std::ranges::max(all);
    double others = -best;
    for (const double score : all) others += score;
    tickets[ticket] = best + std::min(best, others / 2);
  }
  for (const auto& text : desk.texts) {
    for (const auto& term : query.without) {
      if (text.terms.contains(term) && (query.notes || text.kind != TextKind::note)) tickets.erase(text.ticket);
    }
  }
  return tickets;
}

TEST(TextSearchModel, AnswersAsThePlainestSearchDoesWhateverHappened) {
  for (const unsigned seed : {31U, 32U, 33U}) {
    IndexedDesk desk;
    RandomTexts random(seed);
    for (int round = 0; round < 600; ++round) {
      do_something(desk, random);
      if (round % 20 != 0) continue;
      const std::set<std::string> words{random.word(), random.word(), random.word()};
      const SearchQuery query{
          .terms = {words.begin(), words.end()}, .without = {random.word()}, .notes = random.below(2) == 0};
      const auto page = search(desk.connection, query, 0, 1'000, {.texts_at_once = 10'000});
      const auto expected = plain_scores(desk, query);
      ASSERT_EQ(page.hits.size(), expected.size()) << seed << ' ' << round;
      double before = 1e9;
      for (const auto& hit : page.hits) {
        ASSERT_TRUE(expected.contains(hit.ticket.value));
        ASSERT_NEAR(hit.score, expected.at(hit.ticket.value), 1e-2);
        ASSERT_LE(hit.score, before);
        before = hit.score;
      }
    }
  }
}

}  // namespace
}  // namespace gilir::index
