// Rows of the index may be anything: whoever files or searches gets on with the others, and ends.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "core/index/index_check.h"
#include "core/index/search.h"
#include "tests/fakes/expect_error.h"
#include "tests/index/indexed_desk.h"

#ifdef __SANITIZE_ADDRESS__
// What is freed waits in a quarantine and is memory until then: let it be less than the blobs below.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() {
  return "quarantine_size_mb=16";
}
#endif

namespace gilir::index {
namespace {

using Tickets = std::vector<std::int64_t>;

constexpr const char* copy_of_first =
    "INSERT INTO indexed_text SELECT $1, ticket, kind, source, terms FROM indexed_text"
    " WHERE number = 1";

class DamagedRows : public testing::Test {
 protected:
  DamagedRows() {
    for (std::int64_t ticket = 1; ticket <= 3; ++ticket) desk_.file(ticket, terms({"printer"}));
  }

  Tickets candidates() {
    Tickets tickets;
    for (const auto& one : duplicate::find_candidates(desk_.connection, terms({"printer"}), desk_.now()).candidates) {
      const auto text = find_text(desk_.connection, one.text);
      if (text) tickets.push_back(text->ticket.value);
    }
    return tickets;
  }
  Tickets found(const SearchQuery& query = {.terms = {"printer"}}) {
    Tickets tickets;
    for (const auto& hit : search(desk_.connection, query, 0, 100).hits) tickets.push_back(hit.ticket.value);
    return tickets;
  }
  void merge(std::int64_t waiting = 1) {
    while (step_merge(desk_.connection, Milliseconds{1'000}, waiting)) {
    }
  }
  std::int64_t value(const std::string& sql) { return desk_.connection.first<std::int64_t>(sql).value_or(-1); }

  IndexedDesk desk_;
};

TEST_F(DamagedRows, OneThatWaitsKeepsNobodyFromTheOthers) {
  for (const std::string damage : {"terms = x'00'", "terms = x'0101010105'", "terms = x'', kind = 1", "kind = 7"}) {
    SCOPED_TRACE(damage);
    store::Transaction transaction(desk_.connection, store::Transaction::Kind::write);
    desk_.connection.run("UPDATE indexed_text SET " + damage + " WHERE number = 2");
    for (int merged = 0; merged < 2; ++merged) {
      EXPECT_EQ(candidates(), (Tickets{3, 1}));
      EXPECT_EQ(found(), (Tickets{3, 1}));
      EXPECT_EQ(found({.prefixes = {"pr"}}), (Tickets{3, 1}));
      EXPECT_EQ(frequencies(desk_.connection, {"printer"}, List::tickets).of("printer"), 2);
      merge();
      EXPECT_EQ(value("SELECT merged FROM index_state"), 3);
    }
    EXPECT_FALSE(verify(desk_.connection).empty());
  }
}

TEST_F(DamagedRows, OneOfATicketIsPassedOverAmongItsTexts) {
  desk_.add(1, TextKind::reply, 5, terms({}, {"toner"}));
  desk_.add(1, TextKind::reply, 6, terms({}, {"kabel"}));
  merge();
  desk_.connection.run("UPDATE indexed_text SET kind = 9 WHERE source = 5");
  desk_.connection.run("UPDATE indexed_text SET terms = x'00' WHERE source = 6");
  EXPECT_EQ(texts_of_ticket(desk_.connection, {1}, 10).size(), 2U);
  EXPECT_FALSE(find_text(desk_.connection, {4}));
  EXPECT_FALSE(stored_text(desk_.connection, {5}));
  EXPECT_EQ(found({.terms = {"printer"}, .without = {"toner"}}), (Tickets{3, 2, 1}));
  expect_error(ErrorCode::damaged, [&] { terms_of_text(desk_.connection, {5}); });
}

// Otherwise rows would pile up behind it, and each filing would take longer.
TEST_F(DamagedRows, APostingThatCannotBeReadDoesNotStopMerging) {
  merge();
  for (const std::string damage : {"numbers = x''", "numbers = x'ffffffffff00'", "first = -4"}) {
    SCOPED_TRACE(damage);
    store::Transaction transaction(desk_.connection, store::Transaction::Kind::write);
    EXPECT_GT(desk_.connection.run("UPDATE posting SET " + damage), 0);
    desk_.connection.run("DELETE FROM indexed_text WHERE number > 3");
    add_text(desk_.connection, {4}, TextKind::ticket, 0, terms({"printer"}));
    add_text(desk_.connection, {5}, TextKind::ticket, 0, terms({"printer", "toner"}));
    merge();
    EXPECT_EQ(value("SELECT merged FROM index_state"), 5);
    EXPECT_EQ(found({.terms = {"toner"}}), Tickets{5});
    EXPECT_FALSE(verify(desk_.connection).empty());
  }
}

TEST_F(DamagedRows, ANumberThatWasNeverGivenIsPassedOver) {
  for (const std::int64_t number : std::array<std::int64_t, 5>{INT64_MAX, max_number + 1, 4'000, 0, -5}) {
    SCOPED_TRACE(number);
    store::Transaction transaction(desk_.connection, store::Transaction::Kind::write);
    desk_.connection.run(copy_of_first, number);
    EXPECT_EQ(candidates(), (Tickets{3, 2, 1}));
    EXPECT_EQ(found(), (Tickets{3, 2, 1}));
    merge();
    EXPECT_EQ(value("SELECT merged FROM index_state"), 3);
    EXPECT_EQ(found(), (Tickets{3, 2, 1}));
    EXPECT_EQ(add_text(desk_.connection, {4}, TextKind::ticket, 0, terms({"printer"})), TextNumber{4});
    EXPECT_EQ(found(), (Tickets{4, 3, 2, 1}));
    EXPECT_EQ(candidates(), (Tickets{4, 3, 2, 1}));
  }
}

TEST_F(DamagedRows, ATextTakesTheNumberOfOneThatWasNeverGiven) {
  desk_.connection.run(copy_of_first, 4);
  EXPECT_EQ(desk_.file(9, terms({"toner"})), 4);
  EXPECT_EQ(found({.terms = {"toner"}}), Tickets{9});
}

TEST_F(DamagedRows, WhereItIsNotKnownHowFarTheIndexIsMergedNothingIsReadOrMerged) {
  for (const std::string merged : {"-10", "-9223372036854775808", "9223372036854775807", "1 << 41"}) {
    SCOPED_TRACE(merged);
    store::Transaction transaction(desk_.connection, store::Transaction::Kind::write);
    desk_.connection.run("UPDATE index_state SET merged = " + merged);
    expect_error(ErrorCode::damaged, [&] { candidates(); });
    expect_error(ErrorCode::damaged, [&] { found(); });
    EXPECT_FALSE(step_merge(desk_.connection, Milliseconds{0}, 1));
    EXPECT_FALSE(wants_merge(desk_.connection, 1));
    EXPECT_FALSE(verify(desk_.connection).empty());
  }
}

TEST_F(DamagedRows, AMergeThatCannotBeIsNotGoneOnWith) {
  for (const std::string target : {"-1", "4", "9223372036854775807"}) {
    store::Transaction transaction(desk_.connection, store::Transaction::Kind::write);
    desk_.connection.run("UPDATE index_state SET target = " + target);
    EXPECT_FALSE(step_merge(desk_.connection, Milliseconds{0}, 1)) << target;
    EXPECT_EQ(found(), (Tickets{3, 2, 1})) << target;
  }
}

TEST_F(DamagedRows, NoNumberIsGivenBehindTheLast) {
  desk_.connection.run("UPDATE text_block SET last = 9223372036854775807");
  expect_error(ErrorCode::damaged, [&] { add_text(desk_.connection, {4}, TextKind::ticket, 0, terms({"printer"})); });
}

TEST_F(DamagedRows, EndInAnErrorThatSaysSoWhereNothingCanBeFoundWithoutThem) {
  desk_.merge_all();
  desk_.file(4, terms({"printer"}));
  for (const std::string damage :
       {"UPDATE posting SET numbers = x''", "UPDATE posting SET numbers = x'ffffffffff00'",
        "UPDATE text_block SET \"open\" = x'01'", "UPDATE text_block SET block = 1 << 40, last = 1 << 60"}) {
    SCOPED_TRACE(damage);
    store::Transaction transaction(desk_.connection, store::Transaction::Kind::write);
    desk_.connection.run(damage);
    expect_error(ErrorCode::damaged, [&] { candidates(); });
  }
}

TEST_F(DamagedRows, TheCheckEndsWhateverNumbersThereAre) {
  desk_.merge_all();
  for (const std::string damage :
       {"UPDATE index_state SET merged = 1 << 62", "UPDATE index_state SET merged = -10",
        "UPDATE text_block SET last = 1 << 40", "UPDATE indexed_text SET number = 1 << 39 WHERE number = 2"}) {
    SCOPED_TRACE(damage);
    store::Transaction transaction(desk_.connection, store::Transaction::Kind::write);
    desk_.connection.run(damage);
    EXPECT_EQ(verify(desk_.connection, 10, 2).empty(), damage.ends_with("1 << 40")) << "no text is missing";
  }
  store::Transaction transaction(desk_.connection, store::Transaction::Kind::write);
  desk_.connection.script("UPDATE text_block SET last = 1 << 40; UPDATE index_state SET merged = 1 << 40");
  EXPECT_TRUE(verify(desk_.connection, 10, 2).empty()) << "the numbers between are nobody's";
}

TEST_F(DamagedRows, ANegativeNumberIsNoPlaceOutsideOfABlock) {
  store::Transaction transaction(desk_.connection, store::Transaction::Kind::write);
  for (const std::int64_t number : {-1, -5, -4'095}) {
    desk_.connection.run("UPDATE indexed_text SET number = $1 WHERE ticket = 2", number);
    set_open(desk_.connection, {2}, false, desk_.now());
    EXPECT_TRUE(counts_as_open(desk_.connection, {2}).has_value());
    replace_text(desk_.connection, {2}, terms({"meja"}));
    EXPECT_EQ(found({.terms = {"meja"}}), Tickets{2});
  }
}

TEST_F(DamagedRows, ALostStateIsWrittenAnewByAMergeWhichEnds) {
  store::Transaction transaction(desk_.connection, store::Transaction::Kind::write);
  desk_.connection.run("DELETE FROM index_state");
  merge();
  EXPECT_EQ(value("SELECT merged FROM index_state"), 3);
  EXPECT_EQ(found().size(), 3u);
}

TEST_F(DamagedRows, ClearingLeavesNumbersForTheTextsToCome) {
  for (const std::string damage :
       {"UPDATE text_block SET last = 1 << 40", "UPDATE index_state SET merged = 9223372036854775807",
        "UPDATE indexed_text SET number = 1 << 62 WHERE ticket = 2"}) {
    SCOPED_TRACE(damage);
    store::Transaction transaction(desk_.connection, store::Transaction::Kind::write);
    desk_.connection.script(damage);
    while (clear_step(desk_.connection, Milliseconds{1'000})) {
    }
    add_text(desk_.connection, {7}, TextKind::ticket, 0, terms({"meja"}));
    EXPECT_EQ(found({.terms = {"meja"}}), Tickets{7});
  }
}

TEST_F(DamagedRows, CountsThatCannotBeEndInAnError) {
  for (const std::string damage : {"tickets_texts = -100", "tickets_texts = 9223372036854775807",
                                   "tickets_body_words = 9223372036854775807", "tickets_title_words = -1"}) {
    SCOPED_TRACE(damage);
    store::Transaction transaction(desk_.connection, store::Transaction::Kind::write);
    desk_.connection.run("UPDATE text_block SET " + damage);
    expect_error(ErrorCode::damaged, [&] { add_text(desk_.connection, {4}, TextKind::ticket, 0, terms({"printer"})); });
    expect_error(ErrorCode::damaged, [&] { candidates(); });
  }
}

std::int64_t most_memory() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  return std::int64_t{used.ru_maxrss} << 10;
}

// Blobs that are far too long are passed over as others that cannot be read, without reading them.
TEST_F(DamagedRows, MemoryDoesNotFollowTheSizeOfABlob) {
  constexpr std::int64_t blob = 24 << 20;
  for (std::int64_t ticket = 4; ticket <= 8; ++ticket) desk_.file(ticket, terms({"printer"}));
  desk_.connection.run("UPDATE indexed_text SET terms = zeroblob($1) WHERE number > 3", blob);
  const auto before = most_memory();
  EXPECT_EQ(candidates(), (Tickets{3, 2, 1}));
  EXPECT_EQ(found(), (Tickets{3, 2, 1}));
  merge();
  EXPECT_EQ(value("SELECT merged FROM index_state"), 8);
  EXPECT_FALSE(stored_text(desk_.connection, {4}));
  EXPECT_FALSE(verify(desk_.connection).empty());
  EXPECT_LT(most_memory() - before, blob);
  desk_.finish(1);
  for (const std::string damage : {"posting SET numbers", "text_finish SET days", "text_block SET \"open\""}) {
    SCOPED_TRACE(damage);
    store::Transaction transaction(desk_.connection, store::Transaction::Kind::write);
    desk_.connection.run("UPDATE " + damage + " = zeroblob($1)", blob);
    const auto damaged = most_memory();
    expect_error(ErrorCode::damaged, [&] { candidates(); });
    EXPECT_LT(most_memory() - damaged, blob);
  }
}

// Else whoever asks would read all of them each time, where merging cannot go on.
TEST_F(DamagedRows, OfTooManyThatWaitTheNewestAreRead) {
  desk_.connection.run("UPDATE index_state SET target = -1");
  desk_.connection.run(
      "INSERT INTO indexed_text WITH RECURSIVE more (n) AS (SELECT 4 UNION ALL SELECT n + 1 FROM more WHERE n < 8010)"
      " SELECT n, n, kind, source, terms FROM more JOIN indexed_text ON number = 1");
  desk_.connection.run("UPDATE text_block SET last = 8010, block = 1");
  Snapshot snapshot(desk_.connection);
  const auto waiting = snapshot.waiting(std::vector<std::string>{"printer"}, List::tickets);
  ASSERT_EQ(waiting.size(), 8'000U);
  EXPECT_EQ(waiting.front().posting.number, 11);
  EXPECT_EQ(waiting.back().posting.number, 8'010);
}

class ClearedIndex : public testing::Test {
 protected:
  ClearedIndex() {
    for (std::int64_t ticket = 1; ticket <= 1'200; ++ticket) desk_.file(ticket, terms({"printer"}));
    desk_.finish(1'199);
    desk_.merge_all();
    EXPECT_TRUE(clear_step(desk_.connection, Milliseconds{0}));
  }

  IndexedDesk desk_;
};

TEST_F(ClearedIndex, AnOpenTicketThatIsEditedMeanwhileStaysOpen) {
  const auto looks_like = [&](std::int64_t ticket, const std::string& word) {
    const auto found = duplicate::find_candidates(desk_.connection, terms({word}), desk_.now()).candidates;
    return found.size() == 1 && find_text(desk_.connection, found.front().text)->ticket.value == ticket;
  };
  replace_text(desk_.connection, {1'200}, terms({"proyektor"}));
  replace_text(desk_.connection, {1'199}, terms({"meja"}));
  // As whoever builds the index anew does.
  set_open(desk_.connection, {1'199}, false, desk_.now());
  for (bool more = true; more; more = clear_step(desk_.connection, Milliseconds{0})) {
    EXPECT_EQ(counts_as_open(desk_.connection, {1'200}), true);
    EXPECT_EQ(counts_as_open(desk_.connection, {1'199}), false);
    EXPECT_TRUE(looks_like(1'200, "proyektor"));
    EXPECT_TRUE(looks_like(1'199, "meja"));
  }
  EXPECT_TRUE(looks_like(1'200, "proyektor"));
  desk_.day += finished_counts_days + 1;
  EXPECT_TRUE(looks_like(1'200, "proyektor"));
  EXPECT_FALSE(looks_like(1'199, "meja"));
}

TEST_F(ClearedIndex, HasNoFaultsUntilItIsBuiltAnew) {
  add_text(desk_.connection, {1'201}, TextKind::ticket, 0, terms({"proyektor"}));
  for (bool more = true; more; more = clear_step(desk_.connection, Milliseconds{0})) {
    const auto faults = verify(desk_.connection);
    EXPECT_TRUE(faults.empty()) << faults.front().problem;
  }
  EXPECT_TRUE(verify(desk_.connection).empty());
}

}  // namespace
}  // namespace gilir::index
