// desk.check and desk.tick: how a desk is, and what time alone brings.
#include <gtest/gtest.h>

#include <fstream>

#include "core/operations/desk/check.h"
#include "core/operations/desk/tick.h"
#include "core/operations/server/add.h"
#include "core/operations/server/edit.h"
#include "core/operations/server/trust.h"
#include "core/operations/ticket/duplicates.h"
#include "core/operations/ticket/show.h"
#include "tests/desk/desk_fixture.h"

namespace gilir {
namespace {

class DeskHealth : public DeskTest {
 protected:
  DeskCheck check(Milliseconds limit = Seconds{60}) { return perform(CheckDesk{limit}); }
  void tamper(const std::string& sql) {
    store::Connection connection({path() + "/desk.db", false, nullptr});
    connection.script(sql);
  }
};

TEST_F(DeskHealth, OfANewDeskIsGood) {
  const auto found = check();
  EXPECT_EQ(found.file, Looked::whole);
  EXPECT_EQ(found.log, Looked::whole);
  EXPECT_EQ(found.head.number.value, 2);
  EXPECT_EQ(found.last_change, clock_.now().wall);
  EXPECT_EQ(found.clock.boot, BootSeen::same);
  EXPECT_EQ(found.clock.ahead, Milliseconds{0});
  EXPECT_EQ(found.servers, 0);
}

TEST_F(DeskHealth, NamesServersWithoutAPinnedKey) {
  add_server("kantor-1");
  add_server("kantor-2");
  const auto found = check();
  EXPECT_EQ(found.servers, 2);
  EXPECT_EQ(found.without_key, 2);
  ASSERT_EQ(found.unpinned.size(), 2u);
  EXPECT_EQ(found.unpinned[0].value, "kantor-1");
}

TEST_F(DeskHealth, AsksADesktopForItsCertificateOnly) {
  AddServer desktop;
  desktop.name = ServerName{"desktop"};
  desktop.host = "10.0.0.7";
  desktop.protocols = {Protocol::rdp};
  perform(desktop);
  add_server("kantor-1");
  auto found = check();
  EXPECT_EQ(found.servers, 1);
  EXPECT_EQ(found.without_key, 1);
  EXPECT_EQ(found.desktops, 1);
  ASSERT_EQ(found.uncertified.size(), 1u);
  EXPECT_EQ(found.uncertified[0].value, "desktop");
  perform(TrustServer{desktop.name, {}, false, "authority"});
  found = check();
  EXPECT_EQ(found.without_certificate, 0);
  EXPECT_TRUE(found.uncertified.empty());
}

TEST_F(DeskHealth, NamesServersThatMayUseOutdatedAlgorithms) {
  add_server("kantor-1");
  add_server("kantor-2");
  EXPECT_EQ(check().legacy, 0);
  perform(EditServer{.name = ServerName{"kantor-2"}, .legacy = true});
  EXPECT_EQ(check().legacy, 1);
  EXPECT_EQ(check().outdated, std::vector{ServerName{"kantor-2"}});
}

TEST_F(DeskHealth, NamesTwinsThatNobodyHasSpokenOf) {
  add_server("kantor-1");
  add_server("kantor-2");
  EXPECT_TRUE(check().same_machines.empty());
  // As servers stood before anybody compared them.
  tamper("UPDATE server SET host = 'kantor-1.example' WHERE name = 'kantor-2'");
  const auto found = check();
  ASSERT_EQ(found.same_machines.size(), 1u);
  EXPECT_EQ(found.same_machines[0].server.value, "kantor-1");
  EXPECT_EQ(found.same_machines[0].other.value, "kantor-2");
  perform(EditServer{.name = ServerName{"kantor-2"}, .alias_of = ServerName{"kantor-1"}});
  EXPECT_TRUE(check().same_machines.empty());
  add_server("desktop-1");
  add_server("desktop-2");
  tamper("UPDATE server SET certificate = 'ab', rdp_port = 3389 WHERE name LIKE 'desktop-%'");
  ASSERT_EQ(check().same_machines.size(), 1u);
  EXPECT_EQ(check().same_machines[0].because, Sameness::certificate);
}

TEST_F(DeskHealth, FindsABrokenLog) {
  file_ticket("printer");
  tamper("UPDATE event SET actor = 'nobody' WHERE number = 2");
  const auto found = check();
  EXPECT_EQ(found.log, Looked::broken);
  EXPECT_EQ(found.broken_event, 2);
  EXPECT_EQ(found.file, Looked::whole);
}

TEST_F(DeskHealth, FindsADamagedFile) {
  // The page of a table that nobody reads: SQLite sees it only when it looks.
  desk_.reset();
  std::int64_t page = 0;
  {
    store::Connection connection({path() + "/desk.db", false, nullptr});
    page = connection.first<std::int64_t>("SELECT rootpage FROM sqlite_schema WHERE name = 'past_boot'").value();
  }
  {
    std::fstream file(path() + "/desk.db", std::ios::in | std::ios::out | std::ios::binary);
    file.seekp((page - 1) * 4096);
    file << std::string(512, '\xee');
  }
  open();
  EXPECT_EQ(check().file, Looked::broken);
  EXPECT_FALSE(check().damage.empty());
}

TEST_F(DeskHealth, FindsRowsOfALockThatNameOthersWhichAreNotThere) {
  add_agent("budi");
  add_server("kantor-1");
  acquire("kantor-1");
  auto waits = timed_hold("kantor-1");
  waits.wait = true;
  perform(waits, "budi");
  EXPECT_EQ(check().damage, "");
  for (const std::string change :
       {"UPDATE place SET place = -1", "UPDATE lease SET lease = -1", "DELETE FROM lock_counter"}) {
    tamper(
        "CREATE TABLE kept AS SELECT * FROM place; CREATE TABLE kept_lease AS SELECT * FROM lease; PRAGMA foreign_keys "
        "= 0; " +
        change + "; UPDATE wait SET deadline_at = 0");
    EXPECT_EQ(check().file, Looked::broken) << change;
    EXPECT_NE(check().damage, "") << change;
    expect_error(ErrorCode::damaged, [&] { lock("kantor-1"); });
    expect_error(ErrorCode::damaged, [&] { perform(TickDesk{}); });
    tamper(
        "PRAGMA foreign_keys = 0; DELETE FROM place; INSERT INTO place SELECT * FROM kept; DROP TABLE kept; "
        "DELETE FROM lease; INSERT INTO lease SELECT * FROM kept_lease; DROP TABLE kept_lease");
  }
}

TEST_F(DeskHealth, FindsThatACounterIsMissing) {
  tamper("DELETE FROM counter");
  EXPECT_EQ(check().damage, "a counter is missing");
  const auto error = thrown_by([&] { file_ticket("printer"); });
  EXPECT_EQ(error.code(), ErrorCode::damaged);
  EXPECT_EQ(error.text("problem"), "a counter is missing");
  EXPECT_EQ(error.text("path"), path() + "/desk.db");
  expect_error(ErrorCode::damaged, [&] { perform(reporter("Budi")); });
}

TEST_F(DeskHealth, FindsACounterThatCannotGoOn) {
  for (const std::string value : {"-5", "9223372036854775806", "9223372036854775807"}) {
    tamper("UPDATE counter SET value = " + value + " WHERE name = 'ticket'");
    EXPECT_EQ(check().damage, "a counter is out of range") << value;
    const auto error = thrown_by([&] { file_ticket("printer"); });
    EXPECT_EQ(error.code(), ErrorCode::damaged) << value;
    EXPECT_EQ(error.text("problem"), "a counter is out of range") << value;
  }
}

TEST_F(DeskHealth, FindsACounterThatIsBehindTheTickets) {
  file_ticket("printer");
  tamper("UPDATE counter SET value = 0 WHERE name = 'ticket'");
  EXPECT_EQ(check().damage, "a counter is behind the tickets");
}

TEST_F(DeskHealth, FindsThatAReporterIsMissingAndSoDoesWhoeverReadsTheTicket) {
  const auto ticket = file_ticket("printer").number;
  tamper("PRAGMA foreign_keys = 0; DELETE FROM reporter");
  EXPECT_EQ(check().damage, "a reporter is missing");
  const auto error = thrown_by([&] { perform(ShowTicket{ticket}); });
  EXPECT_EQ(error.code(), ErrorCode::damaged);
  EXPECT_EQ(error.text("problem"), "a reporter is missing");
}

TEST_F(DeskHealth, FindsThatATicketIsMissingWhichOthersAreListedWithout) {
  const auto one = file_ticket("printer smokes").number;
  const auto other = file_ticket("printer smokes").number;
  EXPECT_EQ(check().damage, "");
  tamper("INSERT INTO suspected_duplicate VALUES (99, 1, 'strong', 0.9, '[]'), (2, -7, 'likely', 0.9, 'junk')");
  tamper("UPDATE suspected_duplicate SET because = '{' WHERE ticket = 2 AND number = 1");
  tamper("INSERT INTO duplicate VALUES (2, 98, 'strong', 0.9, '[]')");
  EXPECT_EQ(check().damage, "a ticket is missing that looked like another one");
  const auto pairs = perform(ListSuspectedDuplicates{}).pairs;
  ASSERT_EQ(pairs.size(), 1u);
  EXPECT_EQ(pairs[0].ticket, other);
  EXPECT_TRUE(pairs[0].reasons.empty());
  EXPECT_EQ(perform(ShowTicket{one}).duplicates.size(), 1u);
  EXPECT_EQ(perform(ShowTicket{other}).duplicates.size(), 1u);
}

TEST_F(DeskHealth, StopsLookingInTime) {
  for (int number = 0; number < 300; ++number) file_ticket("printer " + std::to_string(number));
  const auto found = check(Milliseconds{0});
  EXPECT_EQ(found.log, Looked::no_time);
  // Nothing is left behind: the next reading goes through.
  EXPECT_EQ(check().log, Looked::whole);
}

TEST_F(DeskHealth, TickEndsWhatFellDue) {
  add_server("kantor-123");
  acquire("kantor-123");
  EXPECT_TRUE(perform(TickDesk{}).due.empty());
  clock_.advance(std::chrono::minutes{11});
  const auto before = log().size();
  const auto due = perform(TickDesk{}).due;
  ASSERT_EQ(due.size(), 2u);
  EXPECT_EQ(due[0].event, "lock.expired");
  EXPECT_EQ(due[0].count, 1);
  EXPECT_EQ(due[1].event, "lock.ended");
  EXPECT_EQ(kinds_after(before), "lock.expired lock.ended");
  EXPECT_TRUE(perform(TickDesk{}).due.empty());
}

TEST_F(DeskHealth, TickAgreesWithWhatReadersSee) {
  for (int number = 0; number < 20; ++number) add_server("kantor-" + std::to_string(number));
  for (int number = 0; number < 20; number += 2) acquire("kantor-" + std::to_string(number));
  clock_.advance(std::chrono::minutes{11});
  EXPECT_EQ(lock("kantor-4").seats_free, 1);
  EXPECT_EQ(perform(TickDesk{}).due[0].count, 10);
  EXPECT_EQ(lock("kantor-4").seats_free, 1);
}

}  // namespace
}  // namespace gilir
