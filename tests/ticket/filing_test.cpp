#include "core/operations/server/add.h"
#include "core/operations/ticket/duplicates.h"
#include "core/operations/ticket/edit.h"
#include "core/operations/ticket/resolve.h"
#include "core/operations/ticket/told_apart.h"
#include "tests/ticket/ticket_fixture.h"

namespace gilir {
namespace {

class Filing : public TicketDesk {
 protected:
  // How much the ticket would look like the other, without filing it.
  std::string strength_of_filing(const NewTicket& operation, TicketNumber other) {
    for (const auto& one : desk_.perform(Call{.caller = admin, .dry_run = true}, operation).result.duplicates) {
      if (one.number == other) return one.strength;
    }
    return {};
  }
};

TEST_F(Filing, GivesTicketsOutByTurn) {
  add_agent(sari);
  add_agent(dewi);
  add_agent(agus);
  std::vector<AgentName> served;
  for (int i = 0; i < 6; ++i) {
    const auto ticket = file_unlike();
    EXPECT_EQ(ticket.because, "turn");
    EXPECT_EQ(ticket.status, TicketStatus::assigned);
    EXPECT_EQ(ticket.owner, ticket.assignee);
    served.push_back(*ticket.assignee);
  }
  // Agents who joined together stand in order of name.
  EXPECT_EQ(served, (std::vector{agus, dewi, sari, agus, dewi, sari}));
}

TEST_F(Filing, NumbersTicketsFromOneWithoutGaps) {
  for (int i = 1; i <= 3; ++i) EXPECT_EQ(file(), TicketNumber{i});
}

TEST_F(Filing, LetsATicketWaitWhileNobodyIsInAndHandsItOutWhenSomebodyReturns) {
  const auto ticket = file_unlike();
  EXPECT_EQ(ticket.because, "waiting");
  EXPECT_EQ(ticket.status, TicketStatus::new_);
  EXPECT_FALSE(ticket.assignee);
  as(admin, ReturnToDesk{});
  EXPECT_EQ(show(ticket.number).assignee, admin);
  EXPECT_EQ(last("ticket.assigned", ticket.number).facts.because, "returned");
}

TEST_F(Filing, SendsAVerbatimResendToTheAgentWhoHasItsTwinAndCostsNobodyATurn) {
  add_agent(sari);
  add_agent(dewi);
  const auto first = file("Printer di loket 2 tidak mencetak nota");
  clock_.advance(Seconds{90});
  const auto resent = file("Printer di loket 2 tidak mencetak nota");
  EXPECT_EQ(resent.because, "sticky");
  EXPECT_EQ(resent.twin, first.number);
  EXPECT_EQ(resent.assignee, first.assignee);
  EXPECT_FALSE(resent.evidence.empty());
  ASSERT_FALSE(resent.duplicates.empty());
  EXPECT_EQ(resent.duplicates.front().number, first.number);
  EXPECT_EQ(resent.duplicates.front().strength, "strong");
  EXPECT_NE(file_unlike().assignee, first.assignee);

  const auto assigned = last("ticket.assigned", resent.number);
  EXPECT_EQ(assigned.facts.because, "sticky");
  EXPECT_EQ(assigned.facts.twin, first.number);
  EXPECT_EQ(assigned.facts.evidence, resent.evidence);
}

TEST_F(Filing, GivesAColleaguesCopyInOtherWordsToTheNextAgentAndShowsWhatItLooksLike) {
  add_agent(sari);
  add_agent(dewi);
  const auto first = file("Aplikasi kasir di kantor-123 tidak bisa dibuka");
  const auto copy = file("Kasir error terus sejak pagi, tolong dicek", "Ani");
  EXPECT_EQ(copy.because, "turn");
  EXPECT_NE(copy.assignee, first.assignee);
  ASSERT_FALSE(copy.duplicates.empty());
  EXPECT_EQ(copy.duplicates.front().number, first.number);
  EXPECT_NE(copy.duplicates.front().strength, "strong");
}

TEST_F(Filing, GoesByTurnWhenWhoeverFilesKnowsThatItIsNoDuplicate) {
  add_agent(sari);
  add_agent(dewi);
  const auto first = file("Printer di loket 2 tidak mencetak nota");
  const auto other = as(
      admin, NewTicket{.title = "Printer di loket 2 tidak mencetak nota", .reporter = "Budi", .not_duplicate = true});
  EXPECT_EQ(other.because, "turn");
  EXPECT_NE(other.assignee, first.assignee);
}

TEST_F(Filing, RemembersThatItIsNotTheSameAsTheTicketThatWhoeverFilesSaysSoOf) {
  add_agent(sari);
  add_agent(dewi);
  const auto part = file("Printer di loket 2 tidak mencetak nota");
  const auto first = file("Toner habis di ruang 204");
  as(admin, MergeTickets{{part.number}, first.number});
  NewTicket operation{.title = "Toner habis di ruang 204", .reporter = "Budi", .not_duplicate = true};
  ASSERT_EQ(strength_of_filing(operation, first.number), "strong");
  operation.distinct_from = part.number;
  const auto other = as(admin, operation);
  EXPECT_TRUE(other.duplicates.empty());
  EXPECT_TRUE(as(admin, FindDuplicates{other.number}).duplicates.empty());
  EXPECT_TRUE(as(admin, ListSuspectedDuplicates{}).pairs.empty());
  EXPECT_EQ(last("ticket.told_apart", other.number).facts.other, first.number);
  EXPECT_TRUE(as(admin, TellTicketsApart{other.number, first.number, true}).changed);
  EXPECT_EQ(show(other.number).duplicates.front().number, first.number);
  EXPECT_EQ(as(admin, ListSuspectedDuplicates{}).pairs.size(), 1u);
}

TEST_F(Filing, RefusesToBeApartFromATicketThatIsNotThereOrThatItIsMergedInto) {
  const auto first = file("Toner habis di ruang 204");
  expect_error(ErrorCode::not_found, [&] { as(admin, NewTicket{.title = "x", .distinct_from = TicketNumber{9}}); });
  expect_error(ErrorCode::invalid,
               [&] { as(admin, NewTicket{.title = "x", .merge_into = first.number, .distinct_from = first.number}); });
  EXPECT_EQ(file(), TicketNumber{2});
}

TEST_F(Filing, LooksForAnotherAgentWhileTheTwinsIsAway) {
  add_agent(sari);
  add_agent(dewi);
  const auto first = file("Printer di loket 2 tidak mencetak nota");
  as(*first.assignee, LeaveDesk{});
  const auto resent = file("Printer di loket 2 tidak mencetak nota");
  EXPECT_EQ(resent.because, "turn");
  EXPECT_NE(resent.assignee, first.assignee);
}

TEST_F(Filing, FilesAndMergesInOneTransactionWhenItIsKnownToBeTheSame) {
  add_agent(sari);
  const auto first = file("Printer di loket 2 tidak mencetak nota");
  const auto same =
      as(admin, NewTicket{.title = "Printer loket 2 macet", .reporter = "Budi", .merge_into = first.number});
  EXPECT_EQ(same.because, "merged");
  EXPECT_EQ(same.status, TicketStatus::merged);
  EXPECT_EQ(same.merged_into, first.number);
  EXPECT_FALSE(same.assignee);
}

TEST_F(Filing, FilesNothingWhenTheMergeIsRefused) {
  const auto first = file("Printer di loket 2 tidak mencetak nota");
  expect_error(ErrorCode::cross_reporter, [&] {
    as(admin, NewTicket{.title = "Printer macet", .reporter = "Ani", .office = "kantor-7", .merge_into = first.number});
  });
  EXPECT_EQ(file(), TicketNumber{2});
}

TEST_F(Filing, AnswersARepeatedRequestWithTheSameTicketAsItStandsNow) {
  const Call call{.caller = admin, .request_id = "mail-7"};
  const NewTicket operation{.title = "Printer macet"};
  const auto first = desk_.perform(call, operation);
  as(admin, ReturnToDesk{});
  const auto again = desk_.perform(call, operation);
  EXPECT_FALSE(first.replayed);
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(again.result.number, first.result.number);
  EXPECT_EQ(again.result.assignee, admin);
  EXPECT_EQ(file(), TicketNumber{2});
}

TEST_F(Filing, RepeatsAFilingWhoseBodyIsAllControlCharacters) {
  const Call call{.caller = admin, .request_id = "hostile"};
  const NewTicket operation{.title = "Printer macet", .body = std::string(max_body_bytes, '\x01')};
  const auto number = desk_.perform(call, operation).result.number;
  EXPECT_EQ(desk_.perform(call, operation).result.number, number);
  EXPECT_EQ(show(number).body, operation.body);
}

TEST_F(Filing, AddsAnUnknownReporterOnlyWithHisOffice) {
  const auto error = thrown_by([&] { as(admin, NewTicket{.title = "Printer macet", .reporter = "Budi"}); });
  EXPECT_EQ(error.code(), ErrorCode::not_found);
  EXPECT_EQ(error.text("kind"), "reporter");
  EXPECT_TRUE(file("Printer macet", "Budi", "kantor-123").new_reporter);
  EXPECT_FALSE(file("Monitor gelap", "Budi", "kantor-123").new_reporter);
  const auto known = as(admin, NewTicket{.title = "Gaji salah", .reporter = "Budi"});
  EXPECT_EQ(known.reporter.office, "kantor-123");
  const auto near = thrown_by([&] { as(admin, NewTicket{.title = "Printer macet", .reporter = "Budy"}); });
  EXPECT_EQ(near.detail("near"), R"(["Budi"])");
}

TEST_F(Filing, AsksForTheOfficeOfANameKnownInSeveral) {
  file("Printer macet", "Budi", "kantor-123");
  file("Gaji salah", "Budi", "kantor-7");
  const auto error = thrown_by([&] { as(admin, NewTicket{.title = "Monitor gelap", .reporter = "Budi"}); });
  EXPECT_EQ(error.code(), ErrorCode::invalid);
  EXPECT_EQ(error.text("field"), "office");
}

TEST_F(Filing, FilesForTheCallerHimselfWithoutAReporter) {
  const auto ticket = as(admin, NewTicket{.title = "Printer macet"});
  EXPECT_EQ(ticket.reporter.name, "admin");
  EXPECT_EQ(ticket.reporter.office, "");
  EXPECT_FALSE(ticket.new_reporter);
}

TEST_F(Filing, RefusesWhatIsNoTicket) {
  expect_error(ErrorCode::invalid, [&] { as(admin, NewTicket{.title = " \t "}); });
  expect_error(ErrorCode::invalid, [&] { as(admin, NewTicket{.title = std::string(1 << 20, 'x')}); });
  expect_error(ErrorCode::invalid, [&] { as(admin, NewTicket{.title = "x", .category = "-rf"}); });
  expect_error(ErrorCode::not_found, [&] { as(admin, NewTicket{.title = "x", .server = ServerName{"nowhere"}}); });
  EXPECT_EQ(file(), TicketNumber{1});
}

// Doctor finds what is wrong with it, and what is missing in it.
TEST_F(Filing, RefusesNothingBecauseTheIndexIsDamaged) {
  file("Printer macet");
  store::Connection rows({directory_.file("desk") + "/desk.db", false, nullptr});
  std::int64_t filed = 1;
  for (const std::string damage :
       {"UPDATE indexed_text SET terms = x'00'", "UPDATE index_state SET merged = -1",
        "UPDATE text_block SET last = 1 << 62", "UPDATE text_block SET \"open\" = x'00'", "DELETE FROM index_state"}) {
    SCOPED_TRACE(damage);
    ASSERT_GT(rows.run(damage), 0);
    const auto ticket = file("Printer macet lagi").number;
    EXPECT_EQ(ticket.value, ++filed);
    EXPECT_EQ(as(admin, EditTicket{.number = ticket, .title = "Printer kasir macet"}).title, "Printer kasir macet");
    as(admin, ResolveTicket{.number = ticket, .answer = "fuser diganti"});
    EXPECT_EQ(show(ticket).status, TicketStatus::resolved);
  }
}

TEST_F(Filing, CountsOnlyTicketsFinishedLatelyAmongTheLookAlikes) {
  const auto first = file("Printer di loket 2 tidak mencetak nota");
  as(admin, MergeTickets{{file("Gaji salah").number}, first.number});
  clock_.advance(std::chrono::hours{24 * 200});
  // Still open: it counts however old it is, though never as strong.
  ASSERT_FALSE(file("Printer di loket 2 tidak mencetak nota").duplicates.empty());
}

}  // namespace
}  // namespace gilir
