// What look-alikes a ticket has on a desk, and to whom it goes for that.
#include "core/operations/desk/show.h"
#include "core/operations/server/add.h"
#include "core/operations/ticket/assign.h"
#include "core/operations/ticket/close.h"
#include "core/operations/ticket/compared.h"
#include "core/operations/ticket/duplicates.h"
#include "core/operations/ticket/edit.h"
#include "core/operations/ticket/pass.h"
#include "core/operations/ticket/reopen.h"
#include "core/operations/ticket/resolve.h"
#include "core/operations/ticket/told_apart.h"
#include "core/operations/ticket/unmerge.h"
#include "tests/fakes/rows_read.h"
#include "tests/ticket/ticket_fixture.h"

namespace gilir {
namespace {

class LookAlikesOfATicket : public TicketDesk {
 protected:
  LookAlikesOfATicket() {
    add_agent(sari);
    add_agent(dewi);
    add_agent(agus);
    for (const std::string office : {"123", "7"}) {
      AddServer operation;
      operation.name = ServerName{"kantor-" + office};
      operation.host = "10.0.0." + office;
      as(admin, operation);
    }
  }

  FiledTicket report(const std::string& title, const std::string& server = "kantor-123",
                     const std::string& reporter = "Budi") {
    NewTicket operation{.title = title, .reporter = reporter, .office = "kantor-123"};
    if (!server.empty()) operation.server = ServerName{server};
    return as(admin, operation);
  }
  std::vector<LookAlike> look_alikes(TicketNumber number) { return as(admin, FindDuplicates{number}).duplicates; }
  // How much it looks like the other one; empty when that is not among the best.
  std::string strength(TicketNumber number, TicketNumber other) {
    for (const auto& one : look_alikes(number)) {
      if (one.number == other) return one.strength;
    }
    return {};
  }
  static std::string strength(const std::vector<DuplicateView>& duplicates, TicketNumber other) {
    const auto found = std::ranges::find(duplicates, other, &DuplicateView::number);
    return found == duplicates.end() ? "" : found->strength;
  }
};

TEST_F(LookAlikesOfATicket, AreTheNearestFiveHoweverFarAndOfAFilingOnlyThoseWorthALook) {
  for (const auto* title : {"Printer gudang macet", "Monitor kasir gelap", "Gaji bulan ini salah", "Absensi lambat",
                            "Telepon mati", "Kabel jaringan putus"})
    as(admin, NewTicket{.title = title, .reporter = "Ani", .office = "kantor-7"});
  const auto filed = as(admin, NewTicket{.title = "Printer lobi bunyi", .reporter = "Citra", .office = "kantor-9"});
  const auto nearest = look_alikes(filed.number);
  ASSERT_FALSE(nearest.empty());
  EXPECT_LE(nearest.size(), 5u);
  EXPECT_EQ(nearest.front().number, TicketNumber{1});
  EXPECT_EQ(nearest.front().strength, "none");
  EXPECT_TRUE(filed.duplicates.empty());
  EXPECT_TRUE(show(filed.number).duplicates.empty());
  EXPECT_TRUE(as(admin, ListSuspectedDuplicates{}).pairs.empty());
}

TEST_F(LookAlikesOfATicket, KeepReportsInOtherWordsOfOneReporterAboutOneServerWithOneAgent) {
  const auto first = report("Aplikasi kasir tidak bisa login");
  for (const auto* title : {"Tidak bisa login ke aplikasi kasir", "Login aplikasi kasir gagal terus",
                            "Kasir gagal login lagi", "Aplikasi kasir error waktu login"}) {
    clock_.advance(std::chrono::minutes{7});
    const auto again = report(title);
    EXPECT_EQ(again.because, "sticky") << title;
    EXPECT_EQ(again.assignee, first.assignee) << title;
  }
  EXPECT_NE(report("Toner habis di gudang belakang", "").assignee, first.assignee);
}

TEST_F(LookAlikesOfATicket, LookAsMuchAlikeWhenAskedAboutAsWhenTheTicketWasFiled) {
  const auto first = report("Aplikasi kasir tidak bisa login");
  const auto filed = report("Kasir error terus sejak pagi, struk belanja kosong");
  ASSERT_EQ(strength(filed.duplicates, first.number), "likely");
  // Words are a little less rare by then, as it has them itself.
  EXPECT_NEAR(look_alikes(filed.number).front().score, filed.duplicates.front().score, 0.03);
}

TEST_F(LookAlikesOfATicket, ThatAreLikelyKeepTheAgentWithinADay) {
  const auto first = report("Aplikasi kasir tidak bisa login");
  clock_.advance(std::chrono::minutes{30});
  const auto again = report("Aplikasi kasir error terus sejak pagi");
  EXPECT_EQ(strength(again.duplicates, first.number), "likely");
  EXPECT_EQ(again.assignee, first.assignee);
}

TEST_F(LookAlikesOfATicket, ThatAreLikelyKeepNoAgentADayLater) {
  report("Aplikasi kasir tidak bisa login");
  clock_.advance(std::chrono::hours{31});
  const auto later = report("Aplikasi kasir error terus sejak pagi");
  EXPECT_EQ(later.because, "turn");
}

TEST_F(LookAlikesOfATicket, KeepTheAgentWhenOnePersonTellsOfItInOtherWordsTheNextMorning) {
  const auto first = report("Hasil cetak loket 4 kosong");
  clock_.advance(std::chrono::hours{25});
  const auto again = report("Ngeprint di loket 4 blank melulu");
  EXPECT_EQ(again.because, "sticky");
  EXPECT_EQ(again.assignee, first.assignee);
  EXPECT_EQ(report("Ngeprint di ruang arsip blank melulu").because, "turn");
}

// They stand in the receipt, too.
TEST_F(LookAlikesOfATicket, ToldAgainLoseToWhatLooksFarMoreAlike) {
  const auto own = report("Wifi lantai 3 putus");
  report("Monitor kasir gelap", "kantor-123", "Citra");
  const auto same = report("Printer loket 3 rusak", "kantor-123", "Ani");
  ASSERT_NE(own.assignee, same.assignee);
  const auto again = report("printer loket 3 gak bisa nyetak");
  EXPECT_EQ(again.because, "sticky");
  EXPECT_EQ(again.twin, same.number);
  EXPECT_EQ(again.assignee, same.assignee);
  EXPECT_EQ(again.duplicates.front().number, same.number);
}

TEST_F(LookAlikesOfATicket, ToldAgainKeepTheirAgentWhereAnothersLooksLittleMoreAlike) {
  const auto own = report("Hasil cetak loket 4 kosong");
  const auto anothers = report("Ngeprint di gudang blank sebagian", "kantor-123", "Ani");
  ASSERT_NE(own.assignee, anothers.assignee);
  const auto again = report("Ngeprint di loket 4 blank melulu");
  EXPECT_EQ(again.twin, own.number);
  EXPECT_EQ(again.assignee, own.assignee);
}

TEST_F(LookAlikesOfATicket, ThatAreLikelyKeepNoAgentForAnotherReporterOrServer) {
  const auto first = report("Aplikasi kasir tidak bisa login");
  const auto of_another = report("Aplikasi kasir error terus sejak pagi", "kantor-123", "Ani");
  EXPECT_EQ(strength(of_another.duplicates, first.number), "likely");
  EXPECT_EQ(of_another.because, "turn");
  EXPECT_EQ(report("Aplikasi kasir error terus sejak pagi", "kantor-7").because, "turn");
}

TEST_F(LookAlikesOfATicket, ThatNameOtherThingsKeepNoAgent) {
  const auto first = report("Komputer loket 2 mati total");
  const auto other = report("Komputer loket 5 mati total");
  EXPECT_NE(strength(other.duplicates, first.number), "strong");
  EXPECT_EQ(other.because, "turn");
  EXPECT_NE(other.assignee, first.assignee);
  EXPECT_EQ(report("Komputer loket 2 mati total").assignee, first.assignee);
}

TEST_F(LookAlikesOfATicket, KeepItsAgentOfATicketThatIsPassedOnNoMore) {
  const auto first = report("Aplikasi kasir tidak bisa login");
  const auto wrong = report("Login aplikasi kasir gagal terus");
  ASSERT_EQ(wrong.because, "sticky");
  const auto passed = as(*wrong.assignee, PassTicket{wrong.number, "Another fault."});
  EXPECT_EQ(passed.told_apart, first.number);
  EXPECT_NE(passed.assignee, first.assignee);
  EXPECT_EQ(strength(wrong.number, first.number), "");
  EXPECT_EQ(strength(first.number, wrong.number), "");
  EXPECT_EQ(strength(show(wrong.number).duplicates, first.number), "");
  EXPECT_TRUE(as(admin, ListSuspectedDuplicates{}).pairs.empty());
  // Not even when it is written anew.
  as(admin, EditTicket{.number = wrong.number, .title = "Aplikasi kasir tidak bisa login"});
  EXPECT_EQ(strength(wrong.number, first.number), "");
}

TEST_F(LookAlikesOfATicket, AreTheTargetsOfWhatWasMergedUntilItIsTakenBack) {
  const auto part = report("Printer gudang macet").number;
  const auto target = report("Monitor kasir gelap").number;
  const auto newer = report("Printer gudang macet lagi").number;
  EXPECT_NE(strength(newer, part), "");
  merge({part}, target);
  EXPECT_EQ(strength(newer, part), "");
  EXPECT_EQ(strength(newer, target), "strong");
  as(admin, UnmergeTicket{part});
  EXPECT_EQ(strength(newer, part), "strong");
  EXPECT_NE(strength(newer, target), "strong");
}

TEST_F(LookAlikesOfATicket, AreAsStrongFromEitherSideAsTheyAreSuspected) {
  const auto first = report("Aplikasi kasir tidak bisa login");
  for (const auto* title : {"Aplikasi kasir error terus sejak pagi",
                            "Kasir error terus sejak pagi, struk belanja kosong", "Login aplikasi kasir gagal terus"}) {
    clock_.advance(std::chrono::hours{3});
    report(title, "kantor-123", "Ani");
  }
  ASSERT_GE(as(admin, ListSuspectedDuplicates{}).pairs.size(), 3u);
  for (const auto& pair : as(admin, ListSuspectedDuplicates{}).pairs) {
    for (const auto& shown : {strength(pair.number, pair.ticket), strength(pair.ticket, pair.number)})
      EXPECT_TRUE(shown == "strong" || shown == pair.strength) << shown << " instead of " << pair.strength;
    EXPECT_EQ(strength(show(pair.number).duplicates, pair.ticket), pair.strength);
    EXPECT_EQ(strength(show(pair.ticket).duplicates, pair.number), pair.strength);
  }
  // Edited meanwhile, it is suspected still: nobody has decided.
  as(admin, EditTicket{.number = first.number, .title = "Monitor gelap"});
  EXPECT_NE(strength(first.number, TicketNumber{2}), "");
}

TEST_F(LookAlikesOfATicket, OfAPartAreSaidToBeSoThroughIt) {
  const auto part = report("AC ruang server mati", "").number;
  const auto target = report("Printer gudang macet", "", "Ani").number;
  const auto newer = report("AC ruang server mati", "").number;
  merge({part}, target, true);
  const auto later = report("AC ruang server mati", "").number;
  const auto is_through_part = [&](const std::vector<DuplicateView>& duplicates, TicketNumber other) {
    const auto found = std::ranges::find(duplicates, other, &DuplicateView::number);
    if (found == duplicates.end()) return false;
    return found->reasons.front() == duplicate::Reason{duplicate::ReasonKind::through_part, {}, part.value} &&
           found->because.front() == "through part #1";
  };
  const auto asked = [&](TicketNumber number) {
    const auto found = look_alikes(number);
    return std::vector<DuplicateView>(found.begin(), found.end());
  };
  for (const auto other : {newer, later}) {
    EXPECT_TRUE(is_through_part(show(target).duplicates, other));
    EXPECT_TRUE(is_through_part(asked(target), other));
    EXPECT_TRUE(is_through_part(show(other).duplicates, target));
    EXPECT_TRUE(is_through_part(asked(other), target));
  }
  as(admin, UnmergeTicket{part});
  EXPECT_TRUE(show(target).duplicates.empty());
  EXPECT_EQ(strength(show(part).duplicates, newer), "strong");
  EXPECT_EQ(strength(show(part).duplicates, later), "strong");
  EXPECT_EQ(strength(show(later).duplicates, part), "strong");
  EXPECT_EQ(strength(show(later).duplicates, target), "");
  EXPECT_EQ(show(part).duplicates.front().because.front(), "100% of title words");
}

TEST_F(LookAlikesOfATicket, AreShownOnceAsTheTicketOfWhichTheyAreParts) {
  const auto first = report("Printer gudang macet").number;
  const auto second = report("Printer gudang macet").number;
  const auto newer = report("Printer gudang macet").number;
  ASSERT_EQ(show(newer).duplicates.size(), 2u);
  merge({second}, first);
  const auto shown = show(newer).duplicates;
  ASSERT_EQ(shown.size(), 1u);
  EXPECT_EQ(shown.front().number, first);
  // Said of the first, it holds for its parts.
  as(admin, TellTicketsApart{newer, first});
  EXPECT_TRUE(show(newer).duplicates.empty());
}

TEST_F(LookAlikesOfATicket, StandInTheHomesOfBothAgentsTheStrongestFirstAndThenTheNewest) {
  const auto likely = report("Aplikasi kasir tidak bisa login");
  const auto second = report("Aplikasi kasir error terus sejak pagi", "kantor-123", "Ani");
  ASSERT_EQ(strength(second.duplicates, likely.number), "likely");
  ASSERT_NE(second.assignee, likely.assignee);
  const auto toner = report("Toner habis di gudang belakang", "");
  as(admin, AssignTicket{toner.number, *likely.assignee});
  const auto again = report("Toner habis di gudang belakang", "");
  as(admin, AssignTicket{again.number, *second.assignee});

  const auto older = as(*likely.assignee, ShowDesk{});
  ASSERT_EQ(older.twins.size(), 2u);
  EXPECT_EQ(older.twins[0].strength, "strong");
  EXPECT_EQ(older.twins[0].number, toner.number);
  EXPECT_EQ(older.twins[0].twin, again.number);
  EXPECT_EQ(older.twins[0].title, "Toner habis di gudang belakang");
  EXPECT_EQ(older.twins[1].twin, second.number);
  EXPECT_EQ(older.more_twins, 0);
  const auto newer = as(*second.assignee, ShowDesk{});
  ASSERT_EQ(newer.twins.size(), 2u);
  EXPECT_EQ(newer.twins[0].number, again.number);
  EXPECT_EQ(newer.twins[0].twin, toner.number);
  EXPECT_EQ(newer.twins[0].assignee, likely.assignee);
  EXPECT_EQ(newer.twins[1].number, second.number);
}

TEST_F(LookAlikesOfATicket, ThatHaveNoRoomInAHomeAreCounted) {
  std::optional<AgentName> agent;
  for (int i = 0; i < 7; ++i) agent = report("Toner habis di gudang belakang", "").assignee;
  const auto home = as(*agent, ShowDesk{});
  EXPECT_EQ(home.twins.size(), 10u);
  const auto pairs = static_cast<std::int64_t>(home.twins.size()) + home.more_twins;
  EXPECT_EQ(pairs, 5 + 5 + 4 + 3 + 2 + 1);  // each with the five nearest before it
  EXPECT_EQ(home.twins.front().twin, TicketNumber{7});
}

TEST_F(LookAlikesOfATicket, WhosePairsAreDamagedStopNeitherAHomeNorAMerge) {
  const auto older = report("Toner habis di gudang belakang", "");
  const auto newer = report("Toner habis di gudang belakang", "");
  store::Connection connection({directory_.file("desk") + "/desk.db", false, nullptr});
  connection.script(
      "INSERT INTO suspected_duplicate (ticket, number, strength, score, because) SELECT 999, number, "
      "strength, score, because FROM suspected_duplicate; UPDATE suspected_duplicate SET because = 'x'");
  const auto home = as(*older.assignee, ShowDesk{});
  ASSERT_EQ(home.twins.size(), 1u);
  EXPECT_EQ(home.twins.front().twin, newer.number);
  EXPECT_TRUE(home.twins.front().because.empty());
  as(admin, MergeTickets{{newer.number}, older.number});
  EXPECT_EQ(as(admin, UnmergeTicket{newer.number}).number, newer.number);
}

TEST_F(LookAlikesOfATicket, OfAnOutageThatHundredsToldOfAreTheNewestFewAndTheirCount) {
  for (int count = 0; count < 40; ++count) file();
  store::Connection connection({directory_.file("desk") + "/desk.db", false, nullptr});
  connection.script(
      "DELETE FROM suspected_duplicate; INSERT INTO suspected_duplicate (ticket, number, strength, score, because) "
      "SELECT number, 1, 'strong', 0.9, '[]' FROM ticket WHERE number BETWEEN 2 AND 31");
  const auto shown = show({1});
  EXPECT_EQ(shown.duplicates.size(), 10u);
  EXPECT_EQ(shown.duplicates.front().number, TicketNumber{31});
  EXPECT_EQ(shown.duplicate_count, 30);
  EXPECT_EQ(show({1}, true).duplicate_count, 0);
}

TEST_F(LookAlikesOfATicket, AreFollowedToTheEndOfAChainOfMergesOnce) {
  constexpr std::int64_t length = 100;
  for (std::int64_t count = 0; count < length; ++count) file();
  store::Connection connection({directory_.file("desk") + "/desk.db", false, nullptr});
  connection.script("UPDATE ticket SET status = 'merged', merged_into = number + 1 WHERE number < 100");
  ChainEnds ends(connection);
  const RowsRead rows(connection);
  for (std::int64_t number = length; number > 0; --number) EXPECT_EQ(ends.of({number}).number, TicketNumber{length});
  for (std::int64_t number = 1; number <= length; ++number) EXPECT_EQ(ends.of({number}).parts, 1u);
  EXPECT_LE(rows.count(), static_cast<std::size_t>(length) + 3);
}

TEST_F(LookAlikesOfATicket, AreOpenOrWereFinishedWithinHalfAYear) {
  const auto older = report("Printer gudang macet").number;
  as(admin, ResolveTicket{older, "Kertas diambil."});
  EXPECT_EQ(report("Printer gudang macet", "").because, "turn");
  clock_.advance(std::chrono::hours{24 * 170});
  const auto number = report("Printer gudang macet").number;
  EXPECT_NE(strength(number, older), "");
  clock_.advance(std::chrono::hours{24 * 12});
  EXPECT_EQ(strength(number, older), "");
  as(admin, ReopenTicket{older, "Macet lagi."});
  EXPECT_NE(strength(number, older), "");
}

TEST_F(LookAlikesOfATicket, AreJudgedByWhatTheySaySinceTheyWereEdited) {
  const auto older = report("Printer gudang macet").number;
  as(admin, EditTicket{.number = older, .title = "Monitor kasir gelap"});
  EXPECT_EQ(strength(report("Monitor kasir gelap").duplicates, older), "strong");
  EXPECT_NE(strength(report("Printer gudang macet").duplicates, older), "strong");
}

TEST_F(LookAlikesOfATicket, HundredsOfPartsOfOneIncidentHideNoOther) {
  const auto file_for = [&](const std::string& title, const std::string& reporter) {
    NewTicket operation{.title = title, .reporter = reporter, .office = "office of " + reporter};
    operation.not_duplicate = true;
    return as(admin, operation);
  };
  const auto other = file_for("Jaringan mati total gedung utara lantai tiga", "Ani").number;
  const std::string told_by_all = "Jaringan mati total gedung utara lantai dua";
  const auto incident = file_for(told_by_all, "Budi").number;
  std::vector<TicketNumber> parts;
  for (int i = 0; i < 260; ++i) parts.push_back(file_for(told_by_all, "R" + std::to_string(i)).number);
  as(admin, MergeTickets{parts, incident, true});
  const auto found = look_alikes(file_for(told_by_all, "Zul").number);
  ASSERT_GE(found.size(), 2u);
  EXPECT_EQ(found[0].number, incident);
  EXPECT_EQ(found[1].number, other);
}

}  // namespace
}  // namespace gilir
