// A desk whose index of texts is damaged, part after part: no change is refused and nothing is lost, everybody is told,
// and the index is made anew.
#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <set>

#include "core/index/text_index.h"
#include "core/operations/desk/check.h"
#include "core/operations/desk/repair.h"
#include "core/operations/desk/tick.h"
#include "core/operations/ticket/duplicates.h"
#include "core/operations/ticket/edit.h"
#include "core/operations/ticket/list.h"
#include "core/operations/ticket/merge.h"
#include "core/operations/ticket/note.h"
#include "core/operations/ticket/reply.h"
#include "core/operations/ticket/resolve.h"
#include "core/operations/ticket/search.h"
#include "core/operations/ticket/show.h"
#include "core/operations/ticket/told_apart.h"
#include "tests/desk/desk_fixture.h"

namespace gilir {
namespace {

struct PageOfTable {
  std::string table;
  std::int64_t page = 0;
  std::string kind;
};
BOOST_DESCRIBE_STRUCT(PageOfTable, (), (table, page, kind))

class DeskWithDamagedIndex : public DeskTest {
 protected:
  // So many that each large table has several pages, and so that some texts are merged and some wait.
  DeskWithDamagedIndex() {
    std::vector<NewTicket> tickets;
    for (int number = 1; number <= 300; ++number) {
      tickets.push_back({.title = "printer " + std::to_string(number) + " smokes",
                         .body = "since nine, toner " + std::to_string(number % 7) + words(number),
                         .not_duplicate = true});
    }
    desk_->perform_all(call(), tickets);
    perform(TickDesk{});
    perform(NoteOnTicket{{3}, "the warranty is over"});
    perform(ResolveTicket{{4}, "a new fuse"});
  }

  static std::string words(int number) {
    std::string words;
    for (int word = 0; word < 40; ++word) words += " word" + std::to_string(number * 40 + word);
    return words;
  }

  void open_listening() {
    told_.clear();
    LocalDeskOptions options{path(), nullptr};
    options.on_index_damage = [this](IndexDamage damage) { told_.push_back(damage); };
    desk_ = std::make_unique<LocalDesk>(std::move(options), clock_);
  }
  std::string database() const { return path() + "/desk.db"; }
  void script(const std::string& sql) { store::Connection({database(), false, nullptr}).script(sql); }

  // Of the index's tables and of the index of one of them.
  std::vector<PageOfTable> pages() {
    return store::Connection({database(), false, nullptr})
        .all<PageOfTable>(
            "SELECT name, pageno, pagetype FROM dbstat WHERE name IN ('indexed_text', 'indexed_text_by_ticket', "
            "'posting',"
            " 'text_block', 'text_finish', 'index_state') ORDER BY name, pageno");
  }
  // As a bad disk leaves it. The desk is closed, and its log is in the file.
  void overwrite(std::int64_t page) {
    const int file = ::open(database().c_str(), O_WRONLY | O_CLOEXEC);
    const std::string junk(4096, '\xA5');
    EXPECT_EQ(::pwrite(file, junk.data(), junk.size(), (page - 1) * 4096), 4096);
    ::close(file);
  }
  std::string copy() const { return directory_.file("copy.db"); }
  void keep_copy() {
    desk_.reset();
    script("PRAGMA wal_checkpoint(TRUNCATE)");
    std::filesystem::copy_file(database(), copy(), std::filesystem::copy_options::overwrite_existing);
  }
  void bring_back() {
    desk_.reset();
    for (const auto* end : {"-wal", "-shm"}) std::filesystem::remove(database() + end);
    std::filesystem::copy_file(copy(), database(), std::filesystem::copy_options::overwrite_existing);
  }

  DeskCheck check() { return perform(CheckDesk{.limit_s = Seconds{60}, .deep = true}); }
  std::vector<TicketNumber> found(const std::string& words) {
    std::vector<TicketNumber> numbers;
    for (const auto& ticket : perform(SearchTickets{words}).tickets) numbers.push_back(ticket.number);
    return numbers;
  }

  // Whatever is damaged, every change is stored.
  void change_everything() {
    filed_ = perform(NewTicket{.title = "a scanner squeaks", .body = "loudly"}).number;
    perform(ReplyToTicket{filed_, "is it oiled"});
    perform(NoteOnTicket{filed_, "bought in may"});
    perform(EditTicket{.number = filed_, .title = "a scanner squeals"});
    perform(MergeTickets{{TicketNumber{11}}, TicketNumber{12}});
    perform(ResolveTicket{{13}, "the gear was worn"});
    perform(TickDesk{});
    EXPECT_EQ(perform(ShowTicket{filed_}).title, "a scanner squeals");
  }
  void expect_all_is_whole() {
    const auto look = check();
    EXPECT_EQ(look.file, Looked::whole) << look.damage;
    EXPECT_EQ(look.log, Looked::whole);
    EXPECT_EQ(look.index, Looked::whole) << look.index_fault;
    EXPECT_FALSE(look.indexing);
    EXPECT_EQ(look.indexed_seen, filed_tickets());
    EXPECT_EQ(found("squeals"), std::vector{filed_});
    EXPECT_EQ(found("oiled"), std::vector{filed_});
    EXPECT_EQ(found("may"), std::vector{filed_});
    EXPECT_EQ(found("gear"), std::vector{TicketNumber{13}});
    EXPECT_EQ(found("warranty"), std::vector{TicketNumber{3}});
    EXPECT_EQ(found("word4003"), std::vector{TicketNumber{100}});
    EXPECT_FALSE(perform(NewTicket{.title = "a lamp", .not_duplicate = true}).indexing);
  }
  // With advice for the index, not for the desk: its file as a whole is well.
  void expect_damage_is_told() {
    const auto look = check();
    EXPECT_EQ(look.index, Looked::broken);
    EXPECT_NE(look.index_fault, "");
    EXPECT_EQ(look.file, Looked::whole) << look.damage;
    EXPECT_EQ(look.log, Looked::whole);
    // Whatever nobody came upon so far, only doctor knows.
    if (told_.empty()) return;
    const auto filed = perform(NewTicket{.title = "a lamp", .not_duplicate = true});
    EXPECT_TRUE(told_.size() > 1 || (filed.indexing && filed.indexing->damaged));
    EXPECT_TRUE(says_damaged(SearchTickets{"printer"}));
    EXPECT_TRUE(says_damaged(FindDuplicates{{2}}));
  }
  template <class Op>
  bool says_damaged(const Op& operation) {
    try {
      const auto found = perform(operation);
      return found.indexing && found.indexing->damaged;
    } catch (const Error& error) {
      return index::is_of_index(error);
    }
  }
  std::int64_t filed_tickets() {
    return store::Connection({database(), false, nullptr})
        .first<std::int64_t>("SELECT count(*) FROM ticket")
        .value_or(0);
  }
  void repair() {
    told_.clear();
    EXPECT_TRUE(perform(RepairDesk{.index = true}).index);
  }

  TicketNumber filed_;
  std::vector<IndexDamage> told_;
};

TEST_F(DeskWithDamagedIndex, WithoutOneOfItsTablesRefusesNothingIsToldAndIsMadeAnew) {
  keep_copy();
  for (const auto table : index::index_tables.names) {
    SCOPED_TRACE(table);
    bring_back();
    script("DROP TABLE " + std::string(table));
    open_listening();
    change_everything();
    EXPECT_FALSE(told_.empty());
    expect_damage_is_told();
    repair();
    EXPECT_TRUE(told_.empty());
    expect_all_is_whole();
  }
}

TEST_F(DeskWithDamagedIndex, WithoutAnyOfItsTablesRefusesNothing) {
  std::string all;
  for (const auto table : index::index_tables.names) all += "DROP TABLE " + std::string(table) + ";";
  keep_copy();
  script(all);
  open_listening();
  change_everything();
  expect_error(ErrorCode::damaged, [&] { perform(SearchTickets{"printer"}); });
  repair();
  expect_all_is_whole();
}

// Whoever files is told once, and so is whoever only finds that it cannot be kept up.
TEST_F(DeskWithDamagedIndex, IsToldByWhoeverComesUponIt) {
  for (int number = 0; number < 100; ++number) file_ticket("scanner " + std::to_string(number));
  open_listening();
  const auto waits = [&] {
    return store::Connection({database(), false, nullptr})
        .first<std::int64_t>("SELECT count(*) FROM indexed_text WHERE number > (SELECT merged FROM index_state)")
        .value_or(0);
  };
  while (waits() < index::merge_after - 1) file_ticket("scanner");
  script("ALTER TABLE posting RENAME COLUMN heaviest TO lightest");
  EXPECT_FALSE(file_ticket("a door").indexing);
  EXPECT_EQ(told_, std::vector{IndexDamage::not_kept_up});
  const auto next = file_ticket("a window").indexing;
  EXPECT_TRUE(next && next->damaged);
  EXPECT_EQ(told_.size(), 1U);
  script("DROP TABLE text_block");
  EXPECT_FALSE(file_ticket("a roof").indexing);
  EXPECT_EQ(told_, (std::vector{IndexDamage::not_kept_up, IndexDamage::stored_without}));
  repair();
  filed_ = perform(NewTicket{.title = "a scanner squeals", .not_duplicate = true}).number;
  EXPECT_EQ(check().index, Looked::whole) << check().index_fault;
}

TEST_F(DeskWithDamagedIndex, LooksForWhatTicketsThatWereFiledWithoutItLookLikeOnceItIsWhole) {
  const NewTicket operation{.title = "Toner habis di ruang 204", .body = "sejak pagi"};
  const auto first = perform(operation).number;
  script("DROP TABLE posting");
  open_listening();
  const auto second = perform(operation).number;
  const auto third = perform(operation).number;
  perform(TellTicketsApart{third, second});
  EXPECT_TRUE(perform(ShowTicket{second}).duplicates.empty());
  // A damaged number keeps nobody looking for ever.
  script("UPDATE counter SET value = 1 << 62 WHERE name = 'look_again_to'");
  repair();
  const auto numbers = [&](TicketNumber ticket) {
    std::vector<TicketNumber> others;
    for (const auto& one : perform(ShowTicket{ticket}).duplicates) others.push_back(one.number);
    return others;
  };
  EXPECT_EQ(numbers(second), std::vector{first});
  EXPECT_EQ(numbers(third), std::vector{first});
  EXPECT_EQ(numbers(first).size(), 2u);
  EXPECT_EQ(perform(ListSuspectedDuplicates{}).pairs.size(), 2u);
  // Once.
  perform(TellTicketsApart{second, first});
  perform(TickDesk{});
  EXPECT_EQ(perform(ListSuspectedDuplicates{}).pairs.size(), 1u);
}

// What is stored without the index is stored once, and again under the same request only told.
TEST_F(DeskWithDamagedIndex, ChangesNothingTwice) {
  script("DROP TABLE posting");
  open_listening();
  const auto events = log().size();
  const NewTicket operation{.title = "a door", .body = "it squeaks", .server = {}};
  EXPECT_FALSE(repeatable("one", operation).replayed);
  EXPECT_EQ(kinds_after(events), "ticket.filed ticket.assigned");
  EXPECT_TRUE(repeatable("one", operation).replayed);
  EXPECT_EQ(kinds_after(events), "ticket.filed ticket.assigned");
  EXPECT_EQ(try_out(operation).title, "a door");
  EXPECT_EQ(kinds_after(events), "ticket.filed ticket.assigned");
}

// One page of each table and of each kind: the root, one within, a leaf, one of a long row.
TEST_F(DeskWithDamagedIndex, WithADamagedPageRefusesNothingIsToldAndIsMadeAnew) {
  keep_copy();
  std::set<std::pair<std::string, std::string>> kinds;
  for (const auto& [table, page, kind] : pages()) {
    if (!kinds.emplace(table, kind).second) continue;
    SCOPED_TRACE(table + ", " + kind);
    bring_back();
    overwrite(page);
    open_listening();
    change_everything();
    expect_damage_is_told();
    repair();
    expect_all_is_whole();
  }
  EXPECT_GE(kinds.size(), 8U);
}

}  // namespace
}  // namespace gilir
