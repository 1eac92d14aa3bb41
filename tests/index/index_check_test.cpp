#include "core/index/index_check.h"

#include <gtest/gtest.h>

#include "tests/fakes/temporary_directory.h"
#include "tests/index/random_texts.h"

namespace gilir::index {
namespace {

TEST(IndexCheck, FindsNoFaultWhateverHappened) {
  for (const unsigned seed : {41U, 42U, 43U}) {
    IndexedDesk desk;
    RandomTexts random(seed);
    for (int round = 0; round < 600; ++round) {
      do_something(desk, random);
      if (round % 50 != 0) continue;
      for (const std::int64_t span : {1'000'000, 37}) {
        const auto faults = verify(desk.connection, 10, span);
        ASSERT_TRUE(faults.empty()) << seed << ' ' << round << ' ' << faults.front().problem << ' '
                                    << faults.front().term;
      }
    }
  }
}

class DamagedIndex : public testing::Test {
 protected:
  DamagedIndex() {
    for (std::int64_t ticket = 1; ticket <= 100; ++ticket) {
      desk_.add(ticket, TextKind::ticket, 0, terms({"printer", "kata" + std::to_string(ticket % 7)}, {"toner"}));
    }
    desk_.finish(50);
    desk_.merge_all();
    desk_.file(101, terms({"printer"}));
  }

  // What is found after `sql`, which is taken back.
  std::string problem_after(const std::string& sql) {
    store::Transaction transaction(desk_.connection, store::Transaction::Kind::write);
    EXPECT_GT(desk_.connection.run(sql), 0) << sql;
    const auto faults = verify(desk_.connection);
    return faults.empty() ? "none" : faults.front().problem;
  }

  IndexedDesk desk_;
};

TEST_F(DamagedIndex, IsFoundOutWhicheverPartIsDamaged) {
  EXPECT_TRUE(verify(desk_.connection).empty());
  EXPECT_EQ(problem_after("DELETE FROM posting WHERE list = 1 AND term = 'kata3'"),
            "a text does not stand among its term's");
  EXPECT_EQ(problem_after("UPDATE posting SET term = 'kata99' WHERE list = 0 AND term = 'kata3'"),
            "a text does not stand among its term's");
  EXPECT_EQ(problem_after("UPDATE posting SET texts = texts + 1 WHERE list = 1 AND term = 'toner'"),
            "a term's texts do not add up");
  EXPECT_EQ(problem_after("UPDATE posting SET heaviest = 0 WHERE list = 1 AND term = 'toner'"),
            "a chunk is not what its row says");
  EXPECT_EQ(problem_after("UPDATE posting SET numbers = x'00' WHERE list = 1 AND term = 'toner'"),
            "a chunk of postings cannot be read");
  EXPECT_EQ(problem_after("UPDATE posting SET first = first + 1 WHERE list = 1 AND term = 'toner'"),
            "a chunk is not what its row says");
  EXPECT_EQ(problem_after("UPDATE indexed_text SET terms = (SELECT terms FROM indexed_text WHERE number = 9)"
                          " WHERE number = 10"),
            "a text does not stand among its term's");
  EXPECT_EQ(problem_after("UPDATE indexed_text SET kind = 1 WHERE number = 10"), "texts are not counted");
  EXPECT_EQ(problem_after("UPDATE text_block SET tickets_texts = 7"), "texts are not counted");
  EXPECT_EQ(problem_after("UPDATE text_block SET notes_texts = 7"), "more texts are counted than there are");
  EXPECT_EQ(problem_after("DELETE FROM index_state"), "the index has no state");
  EXPECT_EQ(problem_after("UPDATE indexed_text SET terms = x'00' WHERE number = 10"), "a text's terms cannot be read");
  EXPECT_EQ(problem_after("UPDATE indexed_text SET terms = x'00' WHERE number = 101"), "a text's terms cannot be read");
  EXPECT_EQ(problem_after("UPDATE indexed_text SET number = 900 WHERE number = 101"),
            "a text has a number that was never given");
  EXPECT_EQ(problem_after("UPDATE index_state SET merged = 40"), "a text stands in postings before it is merged");
  EXPECT_EQ(problem_after("UPDATE text_block SET opened = opened + 1"), "a block's open texts do not add up");
  EXPECT_EQ(problem_after("UPDATE text_block SET finished = 0"), "a block does not know its latest finish");
  EXPECT_EQ(problem_after("DELETE FROM text_finish"), "a ticket's text counts neither as open nor as finished");
  EXPECT_EQ(problem_after("UPDATE text_finish SET days = x'00'"), "what is known of open texts cannot be read");
  EXPECT_EQ(problem_after("INSERT INTO posting SELECT list, 'toner2', first, last, texts, heaviest, numbers"
                          " FROM posting WHERE list = 1 AND term = 'toner'"),
            "a text stands among those of a term that it does not have");
  EXPECT_TRUE(verify(desk_.connection).empty());
}

TEST_F(DamagedIndex, TellsOfNoMoreFaultsThanAsked) {
  desk_.connection.run("DELETE FROM posting");
  EXPECT_EQ(verify(desk_.connection, 3).size(), 3U);
}

TEST_F(DamagedIndex, IsTakenApartInStepsAndMadeAnew) {
  const auto query = terms({"printer"}, {"toner"});
  const auto before = duplicate::find_candidates(desk_.connection, query, desk_.now()).candidates;
  bool added = false;
  while (clear_step(desk_.connection, Milliseconds{0})) {
    EXPECT_FALSE(step_merge(desk_.connection, Milliseconds{10}, 1));
    if (!added) add_text(desk_.connection, {102}, TextKind::ticket, 0, query);
    added = true;
    EXPECT_EQ(duplicate::find_candidates(desk_.connection, query, desk_.now()).candidates.size(), 1U)
        << "only what was added since";
  }
  ASSERT_TRUE(added);
  EXPECT_EQ(desk_.connection.first<std::int64_t>("SELECT count(*) FROM posting"), 0);
  EXPECT_EQ(text_of_ticket(desk_.connection, {102}), TextNumber{102}) << "numbers go on";
  EXPECT_FALSE(text_of_ticket(desk_.connection, {1}));
  for (std::int64_t ticket = 1; ticket <= 101; ++ticket) {
    add_text(desk_.connection, {ticket}, TextKind::ticket, 0,
             terms_of_plain(desk_.texts[static_cast<std::size_t>(ticket - 1)]));
  }
  desk_.merge_all();
  EXPECT_TRUE(verify(desk_.connection).empty());
  EXPECT_EQ(duplicate::find_candidates(desk_.connection, query, desk_.now()).candidates.size(), before.size() + 1);
}

TEST_F(DamagedIndex, IsTakenApartWhateverIsLeftOfIt) {
  for (const std::string damage : {"DELETE FROM index_state", "UPDATE text_block SET \"open\" = x'00'",
                                   "DELETE FROM text_block", "UPDATE indexed_text SET terms = x'00'"}) {
    desk_.connection.run(damage);
    while (clear_step(desk_.connection, Milliseconds{0})) EXPECT_TRUE(is_being_cleared(desk_.connection));
    EXPECT_FALSE(is_being_cleared(desk_.connection));
    const auto number = add_text(desk_.connection, {1}, TextKind::ticket, 0, terms({"printer"}));
    EXPECT_GT(number.value, 101) << damage;
    EXPECT_TRUE(verify(desk_.connection).empty()) << damage;
  }
}

TEST_F(DamagedIndex, IsFoundOutByALookAtOneText) {
  EXPECT_TRUE(verify_some(desk_.connection, {{10}, {50}, {101}}).empty());
  const auto problem = [&](const std::string& sql) {
    store::Transaction transaction(desk_.connection, store::Transaction::Kind::write);
    EXPECT_GT(desk_.connection.run(sql), 0) << sql;
    const auto faults = verify_some(desk_.connection, {{10}, {50}, {101}});
    return faults.empty() ? "none" : faults.front().problem;
  };
  EXPECT_EQ(problem("DELETE FROM posting WHERE list = 1 AND term = 'kata3'"), "a text does not stand among its term's");
  EXPECT_EQ(problem("UPDATE posting SET numbers = x'00' WHERE list = 1 AND term = 'toner'"),
            "a text does not stand among its term's");
  EXPECT_EQ(problem("UPDATE indexed_text SET terms = x'00' WHERE number = 10"), "a text's terms cannot be read");
  EXPECT_EQ(problem("UPDATE indexed_text SET terms = x'00' WHERE number = 101"), "a text's terms cannot be read");
  EXPECT_EQ(problem("DELETE FROM text_finish"), "a ticket's text counts neither as open nor as finished");
  EXPECT_EQ(problem("UPDATE text_block SET opened = opened + 1"), "a block's open texts do not add up");
}

// Each step by another process, as after a kill.
TEST(FormerIndex, GoesInStepsAndOnlyWhereThereIsOne) {
  const TemporaryDirectory directory;
  const store::ConnectionOptions file{.path = directory.file("desk.db"), .create = true};
  store::Connection connection(file);
  EXPECT_FALSE(drop_former_index_step(connection, Milliseconds{0}));
  connection.script(
      "CREATE TABLE duplicate_term (term TEXT PRIMARY KEY, tickets INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
      "CREATE VIRTUAL TABLE duplicate_index USING fts5 (terms, content = '', columnsize = 0, detail = none)");
  store::Transaction transaction(connection, store::Transaction::Kind::write);
  for (std::int64_t number = 1; number <= 3'000; ++number) {
    const auto term = "kata" + std::to_string(number);
    connection.run("INSERT INTO duplicate_index (rowid, terms) VALUES ($1, $2)", number, term + " printer");
    connection.run("INSERT INTO duplicate_term (term, tickets) VALUES ($1, 1)", term);
  }
  transaction.commit();
  int steps = 0;
  for (bool more = true; more; ++steps) {
    store::Connection next(file);
    more = drop_former_index_step(next, Milliseconds{0});
  }
  EXPECT_GT(steps, 3);
  EXPECT_EQ(connection.first<std::int64_t>("SELECT count(*) FROM sqlite_schema"), 0);
  connection.script("CREATE TABLE other (number INTEGER)");
}

}  // namespace
}  // namespace gilir::index
