// The index of texts beside the tickets: built for a desk that had none, compared with them, and made anew.
#include "core/index/text_index.h"
#include "core/operations/desk/check.h"
#include "core/operations/desk/repair.h"
#include "core/operations/desk/tick.h"
#include "core/operations/ticket/duplicates.h"
#include "core/operations/ticket/edit.h"
#include "core/operations/ticket/indexing.h"
#include "core/operations/ticket/merge.h"
#include "core/operations/ticket/note.h"
#include "core/operations/ticket/reply.h"
#include "core/operations/ticket/resolve.h"
#include "core/operations/ticket/search.h"
#include "core/operations/ticket/unmerge.h"
#include "tests/desk/desk_fixture.h"
#include "tests/desk/former_index.h"

namespace gilir {
namespace {

class DeskIndex : public DeskTest {
 protected:
  DeskIndex() {
    for (int number = 1; number <= 30; ++number) {
      perform(NewTicket{.title = "printer " + std::to_string(number) + " smokes",
                        .body = "since nine, toner " + std::to_string(number % 7),
                        .not_duplicate = true});
    }
    perform(ReplyToTicket{{3}, "have you tried another cable"});
    perform(NoteOnTicket{{3}, "the warranty is over"});
    perform(ResolveTicket{{4}, "a new fuse"});
    perform(MergeTickets{{TicketNumber{6}, TicketNumber{7}}, TicketNumber{5}});
    perform(ResolveTicket{{5}, "the roller was worn"});
    perform(MergeTickets{{TicketNumber{9}}, TicketNumber{8}});
    perform(UnmergeTicket{{9}});
  }

  DeskCheck check(bool deep) { return perform(CheckDesk{.limit_s = Seconds{60}, .deep = deep}); }
  std::string fault(bool deep) { return check(deep).index_fault; }
  void change(const std::string& sql) {
    store::Connection connection({path() + "/desk.db", false, nullptr});
    connection.script(sql);
  }
  void make_former() {
    desk_.reset();
    {
      store::Connection connection({path() + "/desk.db", false, nullptr});
      go_back_before_index(connection);
    }
    open();
  }
  // One slice of building, in which nothing but one text is done.
  bool build_a_little() {
    store::Connection connection({path() + "/desk.db", false, nullptr});
    store::Transaction transaction(connection, store::Transaction::Kind::write);
    const bool more = build_index_step(connection, Milliseconds{0});
    transaction.commit();
    return more;
  }
  std::vector<TicketNumber> found(const std::string& words) {
    std::vector<TicketNumber> numbers;
    for (const auto& ticket : perform(SearchTickets{words}).tickets) numbers.push_back(ticket.number);
    return numbers;
  }
};

TEST_F(DeskIndex, IsBuiltFromTheTicketsThatAreThereWhateverTheirNumbers) {
  change("UPDATE counter SET value = 9223372036854775806 WHERE name = 'ticket'");
  change("PRAGMA foreign_keys = 0; UPDATE ticket SET number = 4000000000000 WHERE number = 30");
  {
    store::Connection connection({path() + "/desk.db", false, nullptr});
    index::set_built(connection, TicketNumber{0});
  }
  int steps = 0;
  while (steps < 100 && build_a_little()) ++steps;
  EXPECT_LT(steps, 100);
}

TEST_F(DeskIndex, IsWhatTicketsSayWhateverWasDoneWithThem) {
  const auto deep = check(true);
  EXPECT_EQ(deep.index, Looked::whole) << deep.index_fault;
  EXPECT_EQ(deep.indexed_tickets, 30);
  EXPECT_EQ(deep.indexed_seen, 30);
  EXPECT_FALSE(deep.indexing);
  EXPECT_EQ(check(false).index, Looked::whole) << fault(false);
}

TEST_F(DeskIndex, IsFoundDamagedWhicheverPartIs) {
  const std::vector<std::pair<std::string, std::string>> damages{
      {"DELETE FROM indexed_text WHERE ticket = 12", "it has more or fewer tickets than the desk"},
      {"DELETE FROM indexed_text WHERE ticket = 3 AND kind = 1", "is not in it"},
      {"UPDATE indexed_text SET terms = (SELECT terms FROM indexed_text WHERE ticket = 13 AND kind = 0) WHERE ticket = "
       "12 AND kind = 0",
       "ticket 12: stands in it with other words"},
      {"UPDATE indexed_text SET terms = x'00' WHERE ticket = 12", "a blob ends early"},
      {"UPDATE text_block SET \"open\" = zeroblob(512)", "ticket 1: counts as finished"},
      {"UPDATE text_block SET tickets_texts = 3", "texts are not counted"},
      {"UPDATE text_block SET opened = opened + 1", "a block's open texts do not add up"},
      {"UPDATE text_block SET \"open\" = x'00'", "a block of texts is damaged"},
      {"DELETE FROM index_state", "the index has no state"},
      {"DELETE FROM text_block; DELETE FROM text_finish; DELETE FROM index_state", ""},
      {"UPDATE indexed_text SET ticket = 99 WHERE ticket = 12", "is not in it"},
      {"INSERT INTO indexed_text SELECT 90000, ticket, kind, source, terms FROM indexed_text WHERE ticket = 12", ""},
  };
  for (const auto& [damage, told] : damages) {
    change(damage);
    for (const bool deep : {false, true}) EXPECT_EQ(check(deep).index, Looked::broken) << damage;
    EXPECT_TRUE(fault(false).find(told) != std::string::npos || fault(true).find(told) != std::string::npos)
        << damage << ": " << fault(false) << ", " << fault(true);
    EXPECT_TRUE(perform(RepairDesk{.index = true}).index);
    const auto after = check(true);
    EXPECT_EQ(after.index, Looked::whole) << damage << ": " << after.index_fault;
    EXPECT_EQ(after.indexed_seen, 30);
    EXPECT_EQ(found("warranty"), std::vector{TicketNumber{3}}) << damage;
  }
  EXPECT_EQ(kinds_after(log().size() - 1), "desk.repaired");
}

TEST_F(DeskIndex, IsLookedAtForNoLongerThanTheLimit) {
  for (int number = 0; number < 300; ++number) file_ticket("scanner " + std::to_string(number));
  const auto look = perform(CheckDesk{.limit_s = Milliseconds{0}, .deep = true});
  EXPECT_EQ(look.index, Looked::no_time);
  EXPECT_EQ(look.index_fault, "");
}

TEST_F(DeskIndex, IsMadeAnewByAdminsOnly) {
  add_agent("budi");
  expect_error(ErrorCode::not_allowed, [&] { perform(RepairDesk{.index = true}, "budi"); });
  EXPECT_FALSE(try_out(RepairDesk{.index = true}).machine);
  EXPECT_EQ(check(true).index, Looked::whole);
}

TEST_F(DeskIndex, OfAFormerDeskIsBuiltAndSaysHowFarItIs) {
  make_former();
  const auto look = check(true);
  EXPECT_EQ(look.index, Looked::whole) << look.index_fault;
  ASSERT_TRUE(look.indexing);
  EXPECT_EQ(look.indexing->indexed, 0);
  EXPECT_EQ(look.indexing->tickets, 30);
  ASSERT_TRUE(perform(SearchTickets{"warranty"}).indexing);
  EXPECT_TRUE(perform(FindDuplicates{{2}}).indexing);
  EXPECT_TRUE(found("warranty").empty());
  perform(TickDesk{});
  EXPECT_EQ(check(true).index, Looked::whole) << fault(true);
  EXPECT_FALSE(check(false).indexing);
  EXPECT_FALSE(perform(SearchTickets{"warranty"}).indexing);
  EXPECT_EQ(found("warranty"), std::vector{TicketNumber{3}});
  EXPECT_FALSE(store::Connection({path() + "/desk.db", false, nullptr})
                   .first<std::string>("SELECT name FROM sqlite_schema WHERE name LIKE 'duplicate\\_%' ESCAPE '\\' AND "
                                       "name NOT LIKE 'duplicate_decision%'"));
}

TEST_F(DeskIndex, OfAFormerDeskIsBuiltBitByBitByWhoFilesTickets) {
  make_former();
  EXPECT_TRUE(file_ticket("a lamp").indexing);
  EXPECT_FALSE(file_ticket("a door").indexing);
  EXPECT_EQ(check(true).index, Looked::whole) << fault(true);
}

// Whatever is done to a ticket before its turn comes is in the index once, as is what stood there before.
TEST_F(DeskIndex, IsWholeWhateverIsDoneWhileItIsBuilt) {
  make_former();
  bool more = true;
  for (int slice = 0; more; ++slice) {
    ASSERT_LT(slice, 200);
    more = build_a_little();
    store::Connection connection({path() + "/desk.db", false, nullptr});
    // What is there agrees with the tickets after each slice.
    EXPECT_EQ(perform(CheckDesk{.limit_s = Seconds{60}, .deep = true}).index_fault, "") << slice;
    // Past what filing itself would build: the rows are changed as operations do, without what they lead to.
    store::Transaction transaction(connection, store::Transaction::Kind::write);
    Context context(connection, clock_.now(), {AgentName{"ani"}, 1, Role::admin, true, 0, {}}, true);
    const auto act = [&](const auto& operation) {
      using Op = std::decay_t<decltype(operation)>;
      typename Op::Result result;
      Op::spec.run(context, &operation, &result);
    };
    if (slice == 4) act(EditTicket{.number = {3}, .title = "printer 3 hums"});
    if (slice == 5) act(ReplyToTicket{{3}, "it hums still"});
    if (slice == 6) act(ResolveTicket{{20}, "it was the plug"});
    if (slice == 7) act(ReplyToTicket{{21}, "and the socket"});
    if (slice == 8) act(EditTicket{.number = {22}, .title = "printer 22 sings"});
    if (slice == 9) act(NewTicket{.title = "a lamp", .not_duplicate = true});
    transaction.commit();
  }
  EXPECT_EQ(check(true).index, Looked::whole) << fault(true);
  EXPECT_EQ(check(true).indexed_seen, 31);
  EXPECT_EQ(found("socket"), std::vector{TicketNumber{21}});
  EXPECT_EQ(found("sings"), std::vector{TicketNumber{22}});
  EXPECT_EQ(found("warranty"), std::vector{TicketNumber{3}});
}

}  // namespace
}  // namespace gilir
