#include "core/desk/local_desk.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "core/desk/migrations.h"
#include "core/index/index_check.h"
#include "core/operations/describe_operation.h"
#include "core/operations/desk/tick.h"
#include "core/operations/ticket/duplicates.h"
#include "core/operations/ticket/merge.h"
#include "core/operations/ticket/next.h"
#include "core/operations/ticket/note.h"
#include "core/operations/ticket/reply.h"
#include "core/operations/ticket/search.h"
#include "core/operations/ticket/show.h"
#include "core/operations/ticket/unmerge.h"
#include "core/store/migration.h"
#include "tests/desk/desk_fixture.h"
#include "tests/fakes/no_descriptors_left.h"

namespace gilir {

// A change that is refused, and explained by what `later` finds.
struct RefuseWithExplanation {
  std::int64_t number = 0;

  static inline Context::Explanation later;
  using Result = Agent;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(RefuseWithExplanation, (), (number))

namespace {

Agent run(Context& context, const RefuseWithExplanation&) {
  context.explain_refusal(RefuseWithExplanation::later);
  throw Error(ErrorCode::wrong_state).with("first", 1);
}

using LocalDeskTest = DeskTest;

void make_desk(const std::string& path, const Clock& clock) {
  LocalDesk::make({path, nullptr}, clock, {"another desk", AgentName{"ani"}});
}

Error error_of_opening(const std::string& path, const Clock& clock) {
  return thrown_by([&] { LocalDesk desk({path, nullptr}, clock); });
}

void write_file(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

TEST_F(LocalDeskTest, ItsMakerIsAdminPresentInTierOne) {
  const auto agent = perform(ShowAgent{});
  EXPECT_EQ(agent.name, AgentName{"ani"});
  EXPECT_EQ(agent.role, Role::admin);
  EXPECT_EQ(agent.tier, 1);
  EXPECT_TRUE(agent.present);
  EXPECT_EQ(agent.turn, 1);
}

TEST_F(LocalDeskTest, BelongsToItsUserOnly) {
  struct stat facts {};
  ASSERT_EQ(stat(path().c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0700U);
}

TEST_F(LocalDeskTest, IsNotMadeTwice) {
  const auto error = thrown_by([&] { make_desk(path(), clock_); });
  EXPECT_EQ(error.code(), ErrorCode::exists);
  EXPECT_EQ(error.text("kind"), "desk");
}

TEST_F(LocalDeskTest, IsNotMadeAmongOtherFiles) {
  std::filesystem::create_directory(directory_.file("full"));
  write_file(directory_.file("full/letter.txt"), "hello");
  const auto error = thrown_by([&] { make_desk(directory_.file("full"), clock_); });
  EXPECT_EQ(error.code(), ErrorCode::exists);
  EXPECT_EQ(error.text("kind"), "directory");
}

unsigned mode_of(const std::string& path) {
  struct stat facts {};
  stat(path.c_str(), &facts);
  return facts.st_mode & 0777;
}

// As `umask 002` makes it, the usual one where each user has a group.
TEST_F(LocalDeskTest, IsMadeInAnEmptyDirectoryOfItsUserWhoeverMayWriteThere) {
  const auto open = directory_.file("open");
  std::filesystem::create_directory(open);
  ASSERT_EQ(chmod(open.c_str(), 0775), 0);
  make_desk(open, clock_);
  EXPECT_EQ(mode_of(open), 0700U);
  EXPECT_EQ(LocalDesk({open, nullptr}, clock_).perform(call(), ShowAgent{}).result.role, Role::admin);
}

TEST_F(LocalDeskTest, LeavesADirectoryThatItIsNotMadeInOpenToWhomItWas) {
  const auto full = directory_.file("full");
  std::filesystem::create_directory(full);
  write_file(full + "/letter.txt", "hello");
  ASSERT_EQ(chmod(full.c_str(), 0775), 0);
  EXPECT_EQ(thrown_by([&] { make_desk(full, clock_); }).code(), ErrorCode::exists);
  EXPECT_EQ(mode_of(full), 0775U);
}

// Others may have put it there, and have it open.
TEST_F(LocalDeskTest, IsNotMadeInAFileThatIsALink) {
  const auto trap = directory_.file("trap");
  std::filesystem::create_directory(trap);
  write_file(directory_.file("elsewhere"), "");
  std::filesystem::create_symlink(directory_.file("elsewhere"), trap + "/desk.db");
  EXPECT_EQ(thrown_by([&] { make_desk(trap, clock_); }).code(), ErrorCode::exists);
  EXPECT_EQ(std::filesystem::file_size(directory_.file("elsewhere")), 0U);
}

// What a crash or a full disk leaves, at each step of the making.
TEST_F(LocalDeskTest, OneWhoseMakingWasCutShortIsFinished) {
  const auto half = directory_.file("half");
  const auto finish = [&] {
    make_desk(half, clock_);
    LocalDesk desk({half, nullptr}, clock_);
    EXPECT_EQ(desk.perform(call(), ShowAgent{}).result.role, Role::admin);
    EXPECT_EQ(thrown_by([&] { make_desk(half, clock_); }).code(), ErrorCode::exists);
    std::filesystem::remove_all(half);
  };
  std::filesystem::create_directories(half + "/bells");
  finish();
  std::filesystem::create_directories(half + "/bells");
  write_file(half + "/desk.db", "");
  finish();
  std::filesystem::create_directories(half + "/bells");
  {
    store::Connection connection({half + "/desk.db", true});
    connection.script("PRAGMA journal_mode=WAL");
    store::WriteGate gate(half + "/gate");
    store::migrate(connection, gate, desk_migrations().first(1));
  }
  finish();
}

TEST_F(LocalDeskTest, OneThatWasUsedIsNotTakenForAHalfMadeOne) {
  perform(reporter("Budi"));
  desk_.reset();
  std::filesystem::resize_file(path() + "/desk.db", 0);
  EXPECT_EQ(thrown_by([&] { make_desk(path(), clock_); }).code(), ErrorCode::exists);
  EXPECT_EQ(std::filesystem::file_size(path() + "/desk.db"), 0U);
}

TEST_F(LocalDeskTest, AnotherProgramsDatabaseIsNotTakenForAHalfMadeDesk) {
  const auto theirs = directory_.file("theirs");
  std::filesystem::create_directory(theirs);
  store::Connection({theirs + "/desk.db", true}).script("CREATE TABLE letter (text TEXT)");
  EXPECT_EQ(thrown_by([&] { make_desk(theirs, clock_); }).code(), ErrorCode::exists);
}

TEST_F(LocalDeskTest, IsNotMadeForANameThatIsNone) {
  expect_error(ErrorCode::invalid, [&] {
    LocalDesk::make({directory_.file("other"), nullptr}, clock_, {"desk", AgentName{"-rf"}});
  });
}

TEST_F(LocalDeskTest, MissingDirectoriesAndFilesAreNoDesk) {
  EXPECT_EQ(error_of_opening(directory_.file("nowhere"), clock_).code(), ErrorCode::no_desk);
  std::filesystem::create_directory(directory_.file("empty"));
  EXPECT_EQ(error_of_opening(directory_.file("empty"), clock_).code(), ErrorCode::no_desk);
  write_file(directory_.file("file"), "x");
  EXPECT_EQ(error_of_opening(directory_.file("file"), clock_).code(), ErrorCode::no_desk);
}

TEST_F(LocalDeskTest, AnotherProgramsFileIsRefused) {
  desk_.reset();
  write_file(path() + "/desk.db", std::string(4096, 'x'));
  EXPECT_EQ(error_of_opening(path(), clock_).code(), ErrorCode::foreign_file);
}

TEST_F(LocalDeskTest, ATruncatedFileIsDamageWhereverItShows) {
  desk_.reset();
  std::filesystem::resize_file(path() + "/desk.db", std::filesystem::file_size(path() + "/desk.db") / 2);
  const auto error = thrown_by([&] {
    open();
    perform(ListReporters{});
    perform(reporter("Budi"));
  });
  EXPECT_EQ(error.code(), ErrorCode::damaged) << error.what();
}

// Who holds a lock there must not go on while others get it from the desk that is in its place.
TEST_F(LocalDeskTest, ServesNobodyAnyMoreWhenItWasMovedOrReplaced) {
  std::filesystem::rename(path(), directory_.file("moved"));
  const auto moved = thrown_by([&] { perform(reporter("Budi")); });
  EXPECT_EQ(moved.code(), ErrorCode::unreachable);
  EXPECT_EQ(moved.text("path"), path() + "/desk.db");
  make_desk(path(), clock_);
  EXPECT_EQ(thrown_by([&] { perform(reporter("Budi")); }).code(), ErrorCode::unreachable);
  EXPECT_EQ(thrown_by([&] { perform(ListReporters{}); }).code(), ErrorCode::unreachable);
  open();
  EXPECT_EQ(reporters(), 0U);
}

TEST_F(LocalDeskTest, SomebodyElsesDeskIsRefused) {
  std::string theirs = "/";
  if (geteuid() == 0) {
    theirs = path();
    ASSERT_EQ(chown(theirs.c_str(), 65534, 65534), 0);
  }
  const auto error = error_of_opening(theirs, clock_);
  EXPECT_EQ(error.code(), ErrorCode::foreign_desk);
  EXPECT_EQ(error.text("path"), theirs);
}

// Root may write there, and could not open it afterwards.
TEST_F(LocalDeskTest, NoneIsMadeInSomebodyElsesDirectory) {
  std::string theirs = "/";
  if (geteuid() == 0) {
    theirs = directory_.file("theirs");
    std::filesystem::create_directory(theirs);
    ASSERT_EQ(chown(theirs.c_str(), 65534, 65534), 0);
  }
  const auto error = thrown_by([&] { make_desk(theirs, clock_); });
  EXPECT_EQ(error.code(), ErrorCode::foreign_desk);
  EXPECT_EQ(error.text("kind"), "directory");
  EXPECT_FALSE(std::filesystem::exists(theirs + "/desk.db"));
}

TEST_F(LocalDeskTest, AnUnknownCallerIsRefusedWithNearNames) {
  const auto error = thrown_by([&] { perform(ListReporters{}, "anni"); });
  EXPECT_EQ(error.code(), ErrorCode::not_found);
  EXPECT_EQ(error.text("kind"), "agent");
  EXPECT_EQ(error.detail("near"), "[\"ani\"]");
}

TEST_F(LocalDeskTest, RolesAreKept) {
  add_agent("budi");
  const auto error = thrown_by([&] { perform(AddAgent{AgentName{"citra"}, 1, Role::admin}, "budi"); });
  EXPECT_EQ(error.code(), ErrorCode::not_allowed);
  EXPECT_EQ(error.text("needs"), "admin");
}

TEST_F(LocalDeskTest, SeveralOperationsHappenTogetherOrNotAtAll) {
  const auto events = log().size();
  expect_error(ErrorCode::exists, [&] { desk_->perform_all(call(), std::vector{reporter("Budi"), reporter("Budi")}); });
  EXPECT_EQ(reporters(), 0U);
  EXPECT_EQ(log().size(), events);
}

TEST_F(LocalDeskTest, ARefusalIsExplainedOnceOthersMayChangeTheDeskAgain) {
  LocalDesk other(LocalDeskOptions{path(), nullptr}, clock_);
  RefuseWithExplanation::later = [&](Context& context, Error& refusal) {
    EXPECT_FALSE(context.writes());
    auto change = call();
    change.patience = Milliseconds{1};
    other.perform(change, AddAgent{AgentName{"budi"}, 1, Role::agent});
    refusal.add("second", 2);
  };
  const auto refusal = thrown_by([&] { perform(RefuseWithExplanation{}); });
  EXPECT_EQ(refusal.code(), ErrorCode::wrong_state);
  EXPECT_EQ(refusal.text("first"), "1");
  EXPECT_EQ(refusal.text("second"), "2");
  EXPECT_EQ(perform(ShowAgent{AgentName{"budi"}}).name, AgentName{"budi"});
}

TEST_F(LocalDeskTest, ARefusalThatCannotBeExplainedIsTheSameRefusal) {
  RefuseWithExplanation::later = [](Context&, Error&) { throw Error(ErrorCode::damaged); };
  EXPECT_EQ(thrown_by([&] { perform(RefuseWithExplanation{}); }).code(), ErrorCode::wrong_state);
}

TEST_F(LocalDeskTest, FieldsOutOfTheirBoundsAreRefusedBeforeAnythingHappens) {
  const auto too_long = thrown_by([&] { perform(reporter(std::string(65, 'x'))); });
  EXPECT_EQ(too_long.code(), ErrorCode::invalid);
  EXPECT_EQ(too_long.text("field"), "name");
  expect_error(ErrorCode::invalid, [&] { perform(ListReporters{.limit = 1'000'000}); });
}

TEST_F(LocalDeskTest, AwaitAnswersAtOnceWhenSomethingHappenedAlready) {
  perform(reporter("Budi"));
  const auto head = log().back().number;
  EXPECT_EQ(desk_->await({}, EventNumber{0}, std::chrono::hours{1}, -1), head);
}

TEST_F(LocalDeskTest, AwaitIsWokenByAnotherProcessesChange) {
  LocalDesk other({path(), nullptr}, clock_);
  const auto head = log().back().number;
  // The watch is set by the first await; what happens after it wakes the next.
  desk_->await({}, head, Milliseconds{1}, -1);
  other.perform(call(), reporter("Budi"));
  EXPECT_GT(desk_->await({}, head, Seconds{60}, -1).value, head.value);
}

// Each user of a machine has 128 watches by default: who waits beyond that hears no bell, and looks.
TEST_F(LocalDeskTest, AwaitSeesAChangeWhereTheSystemHasNoWatchLeft) {
  LocalDesk other({path(), nullptr}, clock_);
  const auto head = log().back().number;
  const NoDescriptorsLeft limit;
  EXPECT_EQ(desk_->descriptor_of({}), -1);
  other.perform(call(), reporter("Budi"));
  EXPECT_GT(desk_->await({}, head, Seconds{60}, -1).value, head.value);
}

// What a gilir from before claims, postponing and unmerging left behind.
TEST_F(LocalDeskTest, BringsADeskOfTheFirstSchemaUpToDateWithItsTicketsAndMerges) {
  const auto target = file_ticket("printer smokes").number;
  const auto source = perform(NewTicket{.title = "cable chewed", .urgent = true, .not_duplicate = true}).number;
  perform(MergeTickets{{source}, target});
  const auto older = file_ticket("scanner of counter 2 shows a red light").number;
  const auto newer = file_ticket("scanner of counter 2 shows a red light").number;
  perform(ReplyToTicket{older, "Its glass was cleaned."});
  perform(NoteOnTicket{older, "The vendor has spare lamps."});
  desk_.reset();
  {
    store::Connection old({path() + "/desk.db", false, nullptr});
    old.script(
        "DROP INDEX ticket_postponed; DROP INDEX ticket_claimed; DROP INDEX ticket_postponed_by_assignee; "
        "DROP INDEX ticket_claimed_by_assignee; DROP INDEX ticket_pressing; DROP INDEX ticket_overdue; "
        "DROP INDEX ticket_waiting_overdue; DROP INDEX merge_by_target; DROP TABLE ticket_link; DROP TABLE category; "
        "DROP TABLE kept_turn; ALTER TABLE ticket DROP COLUMN postponed_until; "
        "ALTER TABLE ticket DROP COLUMN claimed_until; ALTER TABLE merge DROP COLUMN source_urgent; "
        "ALTER TABLE merge DROP COLUMN source_postponed_until; ALTER TABLE merge DROP COLUMN source_claimed_until; "
        "DROP TABLE hook_cursor; DROP TABLE hook_depth; DROP TABLE demand; ALTER TABLE lock_counter DROP COLUMN "
        "last_demand; "
        "ALTER TABLE unclosed DROP COLUMN permit_at; ALTER TABLE unclosed DROP COLUMN permit_term; "
        "DROP INDEX reporter_by_office; DROP TABLE login_check; "
        "ALTER TABLE hold DROP COLUMN process_world; ALTER TABLE hold DROP COLUMN process_started; "
        "ALTER TABLE hold DROP COLUMN process_group; ALTER TABLE hold DROP COLUMN process_group_started; "
        "ALTER TABLE unclosed DROP COLUMN host; ALTER TABLE unclosed DROP COLUMN process_world; "
        "ALTER TABLE unclosed DROP COLUMN process_started; ALTER TABLE unclosed DROP COLUMN process_group; "
        "ALTER TABLE unclosed DROP COLUMN process_group_started; ALTER TABLE unclosed DROP COLUMN stands; "
        "ALTER TABLE server DROP COLUMN ssh; ALTER TABLE server DROP COLUMN rdp_port; "
        "DROP INDEX server_alias; DROP TABLE different_machines; "
        "ALTER TABLE server DROP COLUMN alias_of; ALTER TABLE server DROP COLUMN addresses; "
        "ALTER TABLE server DROP COLUMN certificate; ALTER TABLE server DROP COLUMN log_off; "
        "DROP INDEX ticket_promise_due; DROP INDEX ticket_answered_for; DROP TABLE merge_news; "
        "ALTER TABLE ticket DROP COLUMN promise_told; ALTER TABLE ticket DROP COLUMN escalation; "
        "DROP INDEX reporter_by_key; DROP INDEX reporter_by_office_key; DROP TABLE reporter_alias; "
        "DROP INDEX voice_by_reporter; ALTER TABLE reporter DROP COLUMN name_key; "
        "ALTER TABLE reporter DROP COLUMN office_key; "
        "ALTER TABLE hold DROP COLUMN shows; DROP TABLE refusal; ALTER TABLE server DROP COLUMN legacy; "
        "ALTER TABLE desk_clock DROP COLUMN since; "
        "DELETE FROM counter WHERE name = 'reporter'; ALTER TABLE ticket DROP COLUMN until_named; "
        "DROP TABLE filing_break; DROP TABLE suspected_duplicate; DROP TABLE duplicate_decision; DROP TABLE "
        "sticky_turn; "
        "DROP TABLE indexed_text; DROP TABLE posting; DROP TABLE text_block; DROP TABLE text_finish; "
        "DROP TABLE index_state; DROP TABLE ended; "
        "CREATE TABLE duplicate_term (term TEXT PRIMARY KEY, tickets INTEGER NOT NULL) STRICT, WITHOUT ROWID; "
        "CREATE VIRTUAL TABLE duplicate_index USING fts5 (terms, content = '', columnsize = 0, detail = none, "
        "tokenize = \"ascii tokenchars '-_./:'\"); "
        "INSERT INTO duplicate_term VALUES ('scanner', 2); "
        "INSERT INTO duplicate_index (rowid, terms) VALUES (3, 'scanner'), (4, 'scanner'); "
        "PRAGMA user_version=1");
  }
  open();
  EXPECT_TRUE(perform(UnmergeTicket{source}).urgent);
  EXPECT_FALSE(perform(ShowTicket{target}).urgent);
  EXPECT_EQ(perform(ClaimTicket{}).number, source);
  const auto suspected = perform(ListSuspectedDuplicates{}).pairs;
  ASSERT_EQ(suspected.size(), 1U);
  EXPECT_EQ(suspected.front().ticket, newer);
  EXPECT_EQ(suspected.front().number, older);
  perform(TickDesk{});
  for (const auto* words : {"scanner", "glass cleaned", "vendor lamps"})
    EXPECT_EQ(perform(SearchTickets{words}).tickets.back().number, older) << words;
  EXPECT_EQ(perform(SearchTickets{"scanner"}).tickets.size(), 2U);
  const auto alike = perform(NewTicket{.title = "scanner of counter 2 shows a red light"});
  ASSERT_EQ(alike.duplicates.size(), 2U);
  EXPECT_NE(alike.duplicates.front().strength, "weak");
  store::Connection rows({path() + "/desk.db", false, nullptr});
  EXPECT_TRUE(rows.first<std::string>("SELECT name FROM sqlite_schema WHERE name = 'reporter_by_office'"));
  EXPECT_FALSE(rows.first<std::string>("SELECT name FROM sqlite_schema WHERE name GLOB 'duplicate_[it]*'"));
  EXPECT_TRUE(index::verify(rows).empty());
}

}  // namespace

const OperationSpec RefuseWithExplanation::spec =
    describe_operation<RefuseWithExplanation, run>("test.refuse", Role::agent, Access::write, {});

}  // namespace gilir
