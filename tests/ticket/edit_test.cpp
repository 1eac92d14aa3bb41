// What is corrected about tickets: their words, server, category, voices and links.
#include "core/operations/ticket/edit.h"

#include "core/operations/category/category.h"
#include "core/operations/server/add.h"
#include "core/operations/ticket/close.h"
#include "core/operations/ticket/link.h"
#include "core/operations/ticket/list.h"
#include "core/operations/ticket/postpone.h"
#include "core/operations/ticket/resolve.h"
#include "core/operations/ticket/search.h"
#include "core/operations/ticket/voice.h"
#include "tests/ticket/ticket_fixture.h"

namespace gilir {
namespace {

class Edit : public TicketDesk {
 protected:
  Edit() { add_agent(sari); }

  std::vector<std::int64_t> search(const std::string& words) {
    std::vector<std::int64_t> numbers;
    for (const auto& line : as(sari, SearchTickets{words}).tickets) numbers.push_back(line.number.value);
    return numbers;
  }
};

TEST_F(Edit, ChangesWhatIsNamedAndLeavesTheRest) {
  AddServer server;
  server.name = ServerName{"kantor-123"};
  server.host = "127.0.0.1";
  as(admin, server);
  const auto number = file("Printer macet").number;
  const auto changed = as(sari, EditTicket{.number = number, .server = ServerName{"kantor-123"}, .urgent = true});
  EXPECT_EQ(changed.title, "Printer macet");
  EXPECT_EQ(changed.server, ServerName{"kantor-123"});
  EXPECT_TRUE(changed.urgent);
  EXPECT_EQ(last("ticket.edited", number).facts.changes, "server=kantor-123 urgent=true");
  EXPECT_FALSE(as(sari, EditTicket{.number = number, .server = ServerName{}}).server);
  const auto events = history(number).size();
  const auto version = show(number).version;
  as(sari, EditTicket{.number = number, .title = " Printer macet "});
  EXPECT_EQ(history(number).size(), events);
  EXPECT_EQ(show(number).version, version);
}

TEST_F(Edit, FindsATicketByItsNewWordsOnlyAndKeepsTheOldOnesInTheHistory) {
  const auto number = file("Printer macet", "Budi", "kantor-123", "Kertas tersangkut").number;
  as(sari, EditTicket{.number = number, .title = "Telepon mati", .body = "Kabel putus"});
  EXPECT_EQ(search("telepon"), std::vector{number.value});
  EXPECT_EQ(search("kabel"), std::vector{number.value});
  EXPECT_TRUE(search("printer").empty());
  EXPECT_TRUE(search("tersangkut").empty());
  EXPECT_EQ(last("ticket.edited", number).facts.title, "Telepon mati");
  EXPECT_EQ(last("ticket.edited", number).facts.text, "Kertas tersangkut");
}

TEST_F(Edit, RefusesWhatFilingWouldRefuse) {
  const auto number = file();
  expect_error(ErrorCode::invalid, [&] { as(sari, EditTicket{.number = number, .title = " "}); });
  expect_error(ErrorCode::not_found, [&] { as(sari, EditTicket{.number = number, .server = ServerName{"nowhere"}}); });
  as(sari, ResolveTicket{number, "x"});
  as(sari, CloseTicket{number});
  expect_error(ErrorCode::wrong_state, [&] { as(sari, EditTicket{.number = number, .title = "x"}); });
}

TEST_F(Edit, TheListOfCategoriesIsClosedOnceItHasOne) {
  const auto number = as(sari, NewTicket{.title = "Printer macet", .category = "whatever"}).number;
  as(admin, AddCategory{"printer", "printers and scanners"});
  expect_error(ErrorCode::exists, [&] { as(admin, AddCategory{"printer", ""}); });
  expect_error(ErrorCode::invalid, [&] { as(admin, AddCategory{"no name", ""}); });
  expect_error(ErrorCode::not_allowed, [&] { as(sari, AddCategory{"network", ""}); });
  const auto error = thrown_by([&] { as(sari, NewTicket{.title = "Printer macet", .category = "printr"}); });
  EXPECT_EQ(error.code(), ErrorCode::not_found);
  EXPECT_EQ(error.detail("near"), "[\"printer\"]");
  EXPECT_EQ(show(number).category, "whatever");
  EXPECT_EQ(as(sari, EditTicket{.number = number, .category = "printer"}).category, "printer");
  EXPECT_EQ(as(sari, ShowCategory{"printer"}).open_tickets, 1);
  EXPECT_EQ(as(admin, EditCategory{"printer", "all that prints"}).about, "all that prints");
  EXPECT_EQ(as(sari, ListCategories{.count = true}).total, 1);
}

TEST_F(Edit, ANewReporterIsToldInPlaceOfTheFormerAndOtherVoicesStay) {
  const auto number = file("Printer macet", "Budi", "kantor-123").number;
  const auto part = file_unlike("Citra", "kantor-9").number;
  as(sari, AddVoice{number, "Ani", "kantor-7"});
  merge({part}, number, true);
  const auto changed = as(sari, EditTicket{.number = number, .reporter = "Siti", .office = "kantor-7"});
  EXPECT_EQ(changed.reporter.name, "Siti");
  EXPECT_EQ(changed.voice_count, 3);
  std::string voices;
  for (const auto& voice : changed.voices) voices += voice.name + " ";
  EXPECT_EQ(voices.find("Budi"), std::string::npos) << voices;
  EXPECT_EQ(last("ticket.edited", number).facts.reporter, "Siti");
  EXPECT_EQ(as(sari, ListTickets{.reporter = "Siti"}).tickets.size(), 1u);
  EXPECT_TRUE(as(sari, ListTickets{.reporter = "Budi"}).tickets.empty());
  const auto told = history(number).size();
  as(sari, EditTicket{.number = number, .reporter = "siti"});
  EXPECT_EQ(history(number).size(), told);
  as(sari, EditTicket{.number = number, .reporter = "Ani"});
  EXPECT_EQ(show(number).voice_count, 2);
  expect_error(ErrorCode::not_found, [&] { as(sari, EditTicket{.number = number, .reporter = "Nobody"}); });
  expect_error(ErrorCode::invalid, [&] { as(sari, EditTicket{.number = number, .office = "kantor-9"}); });
}

TEST_F(Edit, AVoiceIsCountedOnce) {
  const auto number = file_unlike("Budi").number;
  const auto voiced = as(sari, AddVoice{number, "Ani", "kantor-7"});
  EXPECT_TRUE(voiced.new_voice);
  EXPECT_TRUE(voiced.new_reporter);
  EXPECT_EQ(voiced.voice_count, 2);
  EXPECT_FALSE(as(sari, AddVoice{number, "Ani"}).new_voice);
  EXPECT_FALSE(as(sari, AddVoice{number, "Budi"}).new_voice);
  EXPECT_EQ(show(number).voice_count, 2);
  expect_error(ErrorCode::not_found, [&] { as(sari, AddVoice{number, "Nobody"}); });
}

TEST_F(Edit, ATicketComesBackOnceWhenNothingElseIsChanged) {
  const auto number = file("Printer macet", "Budi").number;
  const auto other = file("Toner habis", "Budi").number;
  as(sari, LinkTickets{number, other});
  as(sari, PostponeTicket{.number = number, .after_s = std::chrono::minutes{1}});
  clock_.advance(std::chrono::minutes{2});
  const auto told = history(number).size() + 1;
  as(sari, AddVoice{number, "Budi"});
  EXPECT_EQ(history(number).back().kind, "ticket.returned");
  const auto version = show(number).version;
  as(sari, AddVoice{number, "Budi"});
  as(sari, LinkTickets{number, other});
  as(sari, EditTicket{.number = number, .title = "Printer macet"});
  EXPECT_EQ(history(number).size(), told);
  EXPECT_EQ(show(number).version, version);
}

TEST_F(Edit, LinkedTicketsShowEachOtherToAgentsOnly) {
  const auto one = file();
  const auto other = file();
  EXPECT_TRUE(as(sari, LinkTickets{one, other}).changed);
  EXPECT_FALSE(as(sari, LinkTickets{other, one}).changed);
  ASSERT_EQ(show(one).related.size(), 1u);
  EXPECT_EQ(show(one).related[0].number, other);
  EXPECT_EQ(show(other).related[0].number, one);
  EXPECT_TRUE(show(one, true).related.empty());
  EXPECT_TRUE(as(sari, LinkTickets{other, one, true}).changed);
  EXPECT_TRUE(show(one).related.empty());
  expect_error(ErrorCode::invalid, [&] { as(sari, LinkTickets{one, one}); });
}

}  // namespace
}  // namespace gilir
