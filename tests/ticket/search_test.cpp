#include "core/operations/ticket/search.h"

#include <random>

#include "core/operations/server/add.h"
#include "core/operations/ticket/close.h"
#include "core/operations/ticket/edit.h"
#include "core/operations/ticket/note.h"
#include "core/operations/ticket/reply.h"
#include "core/operations/ticket/resolve.h"
#include "core/operations/ticket/unmerge.h"
#include "tests/ticket/ticket_fixture.h"

namespace gilir {
namespace {

using Numbers = std::vector<std::int64_t>;

class Search : public TicketDesk {
 protected:
  Search() { add_agent(sari); }

  static Numbers numbers(const FoundTickets& found) {
    Numbers list;
    for (const auto& line : found.tickets) list.push_back(line.number.value);
    return list;
  }
  std::int64_t file_as(const std::string& title, const std::string& body = {}) {
    return as(admin, NewTicket{.title = title, .body = body, .reporter = "Budi", .office = "x", .not_duplicate = true})
        .number.value;
  }
  Numbers search(const std::string& words) { return numbers(as(sari, SearchTickets{words})); }
  FoundTicket best(const std::string& words) {
    const auto found = as(sari, SearchTickets{words}).tickets;
    EXPECT_FALSE(found.empty()) << words;
    return found.empty() ? FoundTicket{} : found.front();
  }
  // The words that are marked, in the snippet's order.
  static std::vector<std::string> marked(const FoundTicket& ticket) {
    std::vector<std::string> words;
    for (const auto& mark : ticket.marks) words.push_back(ticket.snippet.substr(mark.begin, mark.end - mark.begin));
    return words;
  }
};

TEST_F(Search, FindsByTitleAndBodyInBothLanguages) {
  file("Printer loket 2 macet", "Budi", "kantor-123", "Kertas tersangkut di dalam");
  file("The backup of the database failed", "Ani", "kantor-7", "ORA-00942 in the night");
  file("Jadwal rapat");
  EXPECT_EQ(search("kertas"), Numbers{1});
  EXPECT_EQ(search("printers"), Numbers{1});
  EXPECT_EQ(search("ora-00942"), Numbers{2});
  EXPECT_EQ(search("databases"), Numbers{2});
  EXPECT_TRUE(search("gudang").empty());
}

TEST_F(Search, PutsWhatHasMoreOfTheWordsAndWhoseTitleHasThemFirst) {
  file("Monitor gelap", "Budi", "kantor-1", "di sebelah printer gudang");
  file("Printer macet", "Ani", "kantor-2");
  file("Printer gudang macet", "Citra", "kantor-3");
  EXPECT_EQ(search("printer gudang macet"), (Numbers{3, 2, 1}));
}

TEST_F(Search, TicketsWithAllWordsComeFirstAndFillerWordsNeedNotBeThere) {
  file("Printer macet", "Budi", "kantor-1", "Di loket sebelah gudang yang lama, dekat kasir dan ruang tunggu.");
  file("Printer loket", "Ani", "kantor-2");
  const auto found = as(sari, SearchTickets{"printer yang macet di gudang"}).tickets;
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].number.value, 1);
  EXPECT_TRUE(found[0].all_words);
  EXPECT_FALSE(found[1].all_words);
  // Of nothing but filler words each counts.
  EXPECT_TRUE(best("yang dan").all_words);
  EXPECT_FALSE(best("yang the").all_words);
}

TEST_F(Search, ACompoundIsHadByItsPartsAndABeginningByAnyWordThatBeginsSo) {
  file("Loket 2 mencetak miring", "Budi", "kantor-1");
  EXPECT_TRUE(best("loket-2 cetak*").all_words);
  EXPECT_TRUE(best("loket* miring*").all_words);
  EXPECT_FALSE(best("loket-3 miring").all_words);
}

TEST_F(Search, AServersNameFindsItsTicketsByItselfAndBeforeOthersBesideWords) {
  AddServer server;
  server.name = ServerName{"srv-kasir"};
  server.host = "10.0.0.1";
  as(admin, server);
  const auto at_server = [&](const std::string& title) {
    return as(admin, NewTicket{.title = title, .server = ServerName{"srv-kasir"}, .not_duplicate = true}).number.value;
  };
  file_as("Printer macet total");
  const auto monitor = at_server("Monitor gelap");
  const auto printer = at_server("Printer rusak");
  EXPECT_EQ(search("srv-kasir"), (Numbers{printer, monitor}));
  EXPECT_EQ(search("SRV-KASIR"), (Numbers{printer, monitor}));
  EXPECT_EQ(search("printer srv-kasir"), (Numbers{printer, monitor, 1}));
  EXPECT_EQ(best("printer srv-kasir").all_words, true);
  EXPECT_EQ(best("srv-kasir").found_in, "server");
  EXPECT_EQ(best("printer srv-kasir").found_in, "title");
  EXPECT_TRUE(search("srv-gudang").empty());
}

TEST_F(Search, OfficesAndReportersFindTheirTicketsAlsoWhereANameHasSeveralWords) {
  file("Printer macet", "Budi Santoso", "Kantor Pusat");
  file("Monitor gelap", "Budi Santoso", "Kantor Cabang");
  file("Printer gudang rusak", "Ani", "Kantor Cabang");
  EXPECT_EQ(search("budi santoso"), (Numbers{2, 1}));
  EXPECT_EQ(search("printer \t budi santoso").front(), 1);
  EXPECT_EQ(search("kantor cabang"), (Numbers{3, 2}));
  EXPECT_EQ(search("printer kantor cabang"), (Numbers{3, 2, 1}));
  EXPECT_EQ(best("ani").found_in, "reporter");
  EXPECT_EQ(best("kantor cabang").found_in, "office");
}

TEST_F(Search, OfANameWithVeryManyTicketsTheNewestAreFoundByItAloneAndThatIsSaid) {
  for (int i = 0; i < 520; ++i) file_as(i < 10 ? "Printer lama" : "Monitor " + std::to_string(i));
  SearchTickets operation{.words = "budi", .limit = 1'000};
  const auto by_name = as(sari, operation);
  EXPECT_EQ(by_name.tickets.size(), 500u);
  EXPECT_FALSE(by_name.complete);
  // By its text an older one is found, and known to be one.
  operation.words = "lama budi";
  EXPECT_TRUE(as(sari, operation).tickets.front().all_words);
}

TEST_F(Search, AsksWhetherAnotherWordWasMeantByOneThatNoTicketHas) {
  file("Printer macet", "Budi", "kantor-1", "Kertas tersangkut");
  const auto meant = [&](const std::string& words) { return as(sari, SearchTickets{words}).did_you_mean; };
  EXPECT_EQ(meant("pritner"), "printer");
  EXPECT_EQ(meant("Prnter  macet -gudang"), "printer  macet -gudang");
  EXPECT_EQ(meant("macet tersangkt"), "macet tersangkut");
  for (const auto* words : {"printer", "gudang", "prinr", "\"pritner macet\"", "pritn*", "budi"})
    EXPECT_FALSE(meant(words)) << words;
}

TEST_F(Search, AsksForWordsThatTicketsHaveAndNotForTheirStems) {
  file("Mailbox penuh", "Budi", "kantor-1", "Pencetakan laporan gagal");
  const auto meant = [&](const std::string& words) { return as(sari, SearchTickets{words}).did_you_mean; };
  for (const auto* words : {"mailboks", "mailbokx", "laporn", "cetaq", "loket-mailbok"}) {
    const auto hint = meant(words);
    ASSERT_TRUE(hint) << words;
    const auto last = hint->substr(hint->rfind('-') + 1);
    EXPECT_TRUE(last == "mailbox" || last == "laporan" || last == "pencetakan") << *hint;
  }
}

TEST_F(Search, AsksForNamesThatAreNearOrHaveTheWordInThem) {
  as(admin, [] {
    AddServer operation;
    operation.name = ServerName{"srv-kasir"};
    operation.host = "10.0.0.5";
    return operation;
  }());
  file("Monitor gelap", "Björn Åkesson", "rs-bandung");
  file("Kipas 12 berbunyi", "Budi", "kantor-123");
  file("Kantor tutup", "Ani", "kantor-123");
  const auto meant = [&](const std::string& words) { return as(sari, SearchTickets{words}).did_you_mean; };
  EXPECT_EQ(meant("rs-bandun"), "rs-bandung");
  EXPECT_EQ(meant("bandung"), "rs-bandung");
  EXPECT_EQ(meant("rs-*"), "rs-bandung");
  EXPECT_EQ(meant("bjorn"), "Björn Åkesson");
  EXPECT_EQ(meant("Björn"), "Björn Åkesson");
  EXPECT_EQ(meant("bjorn akeson"), "Björn Åkesson");
  EXPECT_EQ(meant("monitor rs-bandun"), "monitor rs-bandung");
  EXPECT_EQ(meant("kantor-12"), "kantor-123");
  EXPECT_EQ(meant("srv-kasr"), "srv-kasir");
  for (const auto* words : {"kantor-123", "srv-kasir", "budi", "xyzzy", "zz-*"}) EXPECT_FALSE(meant(words)) << words;
}

TEST_F(Search, FindsANameWithoutItsDiacriticsAndInOtherCase) {
  file("Monitor gelap", "Björn Åkesson", "Kantor São Paulo");
  file("Monitor gelap", "Ani", "kantor-1");
  EXPECT_EQ(search("bjorn akesson"), Numbers{1});
  EXPECT_EQ(search("BJÖRN ÅKESSON"), Numbers{1});
  EXPECT_EQ(search("kantor sao paulo"), Numbers{1});
  EXPECT_EQ(best("monitor bjorn akesson").number, TicketNumber{1});
  EXPECT_TRUE(best("monitor bjorn akesson").all_words);
}

TEST_F(Search, FindsRepliesAnswersAndNotesAndSaysWhereTheWordsStand) {
  const auto ticket = file("Printer macet", "Budi", "kantor-1", "Kertas tersangkut.");
  as(sari, ReplyToTicket{ticket.number, "Silakan ganti tonernya."});
  as(sari, NoteOnTicket{ticket.number, "Teknisi vendor dihubungi."});
  as(sari, ResolveTicket{ticket.number, "Fuser diganti."});
  const auto found_in = [&](const std::string& words) { return best(words).found_in; };
  EXPECT_EQ(found_in("macet"), "title");
  EXPECT_EQ(found_in("kertas"), "body");
  EXPECT_EQ(found_in("toner"), "reply");
  EXPECT_EQ(found_in("vendor"), "note");
  EXPECT_EQ(found_in("fuser"), "reply");
  EXPECT_EQ(search("toner vendor fuser"), Numbers{1});
}

TEST_F(Search, MarksTheFoundWordsInASnippetThatFitsALine) {
  std::string body;
  for (int i = 0; i < 200; ++i) body += "lain ";
  body += "lalu kertas\ntersangkut di nampan ";
  for (int i = 0; i < 200; ++i) body += "lagi ";
  file("Printer macet", "Budi", "kantor-1", body);
  const auto found = best("tersangkut kertasnya");
  EXPECT_EQ(found.found_in, "body");
  EXPECT_EQ(marked(found), (std::vector<std::string>{"kertas", "tersangkut"}));
  EXPECT_NE(found.snippet.find("kertas tersangkut di nampan"), std::string::npos) << found.snippet;
  EXPECT_LE(found.snippet.size(), 170u);
  EXPECT_TRUE(found.snippet.starts_with("…") && found.snippet.ends_with("…")) << found.snippet;
}

TEST_F(Search, FindsWhatATicketSaysSinceItWasEdited) {
  const auto number = file("Printer macet", "Budi", "kantor-1", "Kertas tersangkut").number;
  as(sari, EditTicket{.number = number, .title = "Monitor gelap"});
  EXPECT_TRUE(search("printer").empty());
  EXPECT_EQ(search("monitor"), Numbers{1});
  EXPECT_EQ(search("kertas"), Numbers{1});
  as(sari, EditTicket{.number = number, .body = "Layar retak"});
  EXPECT_TRUE(search("kertas").empty());
  EXPECT_EQ(search("retak"), Numbers{1});
}

TEST_F(Search, FindsTicketsOfEveryStatus) {
  const TicketNumber merged{file_as("Printer gudang macet")};
  merge({merged}, {file_as("Printer loket macet")});
  EXPECT_EQ(search("gudang"), Numbers{1});
  as(admin, UnmergeTicket{merged});
  as(sari, ResolveTicket{merged, "Diganti."});
  EXPECT_EQ(search("gudang"), Numbers{1});
  as(sari, CloseTicket{merged});
  EXPECT_EQ(search("gudang"), Numbers{1});
}

TEST_F(Search, FindsBeginningsOfWords) {
  file_as("Sertifikat web habis");
  file_as("Certificate expired");
  file_as("Certbot gagal");
  EXPECT_EQ(search("cert*"), (Numbers{3, 2}));
  EXPECT_EQ(search("sertif*"), Numbers{1});
  // A single letter begins too much.
  expect_error(ErrorCode::invalid, [&] { search("c*"); });
}

TEST_F(Search, LeavesOutTicketsThatHaveAnUnwantedWord) {
  file_as("Printer gudang macet");
  file_as("Printer loket macet");
  EXPECT_EQ(search("printer -gudang"), Numbers{2});
  as(sari, ReplyToTicket{{2}, "Ada juga di gudang."});
  EXPECT_TRUE(search("printer -gudang").empty());
  expect_error(ErrorCode::invalid, [&] { search("-gudang"); });
}

TEST_F(Search, LeavesOutTheTicketsOfAServerAnOfficeAndAReporterToo) {
  AddServer server;
  server.name = ServerName{"srv-kasir"};
  server.host = "10.0.0.1";
  as(admin, server);
  as(admin, NewTicket{.title = "Printer rusak", .server = ServerName{"srv-kasir"}, .not_duplicate = true});
  file("Printer macet", "Budi Santoso", "Kantor Pusat");
  file("Printer mati", "Ani", "kantor-7");
  EXPECT_EQ(search("printer"), (Numbers{3, 2, 1}));
  EXPECT_EQ(search("printer -srv-kasir"), (Numbers{3, 2}));
  EXPECT_EQ(search("printer -SRV-KASIR"), (Numbers{3, 2}));
  EXPECT_EQ(search("printer -kantor-7"), (Numbers{2, 1}));
  EXPECT_EQ(search("printer -ani"), (Numbers{2, 1}));
  EXPECT_EQ(search("printer -\"budi santoso\""), (Numbers{3, 1}));
  EXPECT_EQ(search("printer -\"Kantor Pusat\" -srv-kasir"), Numbers{3});
  EXPECT_EQ(search("srv-kasir printer -srv-kasir"), (Numbers{3, 2}));
  EXPECT_EQ(search("printer -budi -srv"), (Numbers{3, 2, 1}));
}

TEST_F(Search, SaysSoWhereMoreNamesAreLeftOutThanAreLookedFor) {
  file("Printer macet", "Budi", "kantor-1");
  std::string words = "printer";
  for (int i = 1; i <= 8; ++i) words += " -xyz" + std::to_string(i);
  EXPECT_TRUE(as(sari, SearchTickets{words}).complete);
  EXPECT_FALSE(as(sari, SearchTickets{words + " -budi"}).complete);
}

TEST_F(Search, FindsWordsBesideEachOtherWhereAPhraseIsAsked) {
  file_as("Paper jam in the tray");
  file_as("Jam of the wall shows that paper is late");
  file_as("Tray", "A paper\n  JAM, again");
  EXPECT_EQ(search("\"paper jam\""), (Numbers{1, 3}));
  EXPECT_TRUE(search("\"jam paper\"").empty());
  EXPECT_EQ(search("paper jam").size(), 3u);
}

TEST_F(Search, SaysSoWhereAPhraseWasLookedForInTheBestTextsOnly) {
  for (int i = 0; i < 210; ++i) file_as("Paper jam", std::to_string(i));
  SearchTickets operation{.words = "\"paper jam\"", .limit = 150};
  auto page = as(sari, operation);
  EXPECT_FALSE(page.complete);
  EXPECT_EQ(page.tickets.size(), 150u);
  operation.after = page.next;
  page = as(sari, operation);
  EXPECT_EQ(page.tickets.size(), 50u);
  EXPECT_FALSE(page.complete || page.next);
  EXPECT_TRUE(as(sari, SearchTickets{"paper jam"}).complete);
}

TEST_F(Search, PutsAWholeIdentifierBeforeItsParts) {
  file_as("ORA 00942 di laporan ora ora");
  file_as("Laporan gagal", "ORA-00942 muncul");
  file_as("ORA-00955 di laporan");
  EXPECT_EQ(search("ora-00942").front(), 2);
  EXPECT_EQ(search("ora-00942").size(), 3u);
}

TEST_F(Search, FindsWritingWithoutBlanks) {
  file_as("プリンターが動かない");
  file_as("打印机卡纸了");
  EXPECT_EQ(search("プリンター"), Numbers{1});
  EXPECT_EQ(search("卡纸"), Numbers{2});
  EXPECT_EQ(marked(best("卡纸")), std::vector<std::string>{"卡纸"});
}

TEST_F(Search, GoesOnFromPageToPage) {
  for (int i = 0; i < 7; ++i) file("Printer macet", "Budi", "kantor-" + std::to_string(i));
  Numbers all;
  SearchTickets operation{.words = "printer", .limit = 3};
  do {
    const auto page = as(sari, operation);
    EXPECT_TRUE(page.complete);
    for (const auto number : numbers(page)) all.push_back(number);
    operation.after = page.next;
  } while (operation.after);
  EXPECT_EQ(all, (Numbers{7, 6, 5, 4, 3, 2, 1}));
}

TEST_F(Search, PutsTheNewerOfEqualTicketsFirstInWhateverOrderTheirTitlesHaveTheWords) {
  std::vector<std::string> words{"absensi", "gudang", "macet", "printer"};
  // Weights of their own, whose sums differ in their last digits by the order in which they are added.
  for (std::size_t word = 0; word < words.size(); ++word) {
    for (std::size_t i = 0; i < word; ++i) file_as(words[word]);
  }
  Numbers expected;
  do expected.insert(expected.begin(), file_as(words[0] + " " + words[1] + " " + words[2] + " " + words[3]));
  while (std::ranges::next_permutation(words).found);
  auto found = search("printer gudang macet absensi");
  found.resize(expected.size());
  EXPECT_EQ(found, expected);
}

TEST_F(Search, GivesOnPagesWhatItGivesAtOnce) {
  static const std::string words[] = {"printer", "gudang", "macet", "kertas"};
  std::minstd_rand chance(1);
  const auto text = [&](std::size_t one_in) {
    std::string said = "masalah";
    for (const auto& word : words) {
      if (chance() % one_in == 0) said += " " + word;
    }
    return said;
  };
  for (int i = 0; i < 120; ++i) file_as(text(3), text(2));
  for (const std::string asked : {"printer gudang macet kertas", "\"masalah printer\" macet", "kert* mac* -gudang"}) {
    const auto at_once = numbers(as(sari, SearchTickets{.words = asked, .limit = 1000}));
    ASSERT_GT(at_once.size(), 20u) << asked;
    for (const int limit : {1, 7, 50}) {
      Numbers paged;
      SearchTickets operation{.words = asked, .limit = limit};
      do {
        const auto page = as(sari, operation);
        for (const auto number : numbers(page)) paged.push_back(number);
        operation.after = page.next;
      } while (operation.after);
      EXPECT_EQ(paged, at_once) << asked << ", " << limit;
    }
  }
}

TEST_F(Search, RefusesWordsThatHoldNothingAndCursorsThatAreNone) {
  for (const auto* nothing : {"", " \t\n", "!", "\"\"", "\"", "*", "-", "--", "-*", "\"-\" *"}) {
    SCOPED_TRACE(nothing);
    const auto error = thrown_by([&] { search(nothing); });
    EXPECT_EQ(error.code(), ErrorCode::invalid);
    EXPECT_EQ(error.text("field"), "words");
  }
  expect_error(ErrorCode::invalid, [&] { as(sari, SearchTickets{.words = "x1", .limit = 0}); });
  file("Printer macet");
  for (const auto* cursor : {"x", "", "-1", "1-2", "99999999999999999999"})
    expect_error(ErrorCode::invalid, [&] { as(sari, SearchTickets{.words = "printer", .after = cursor}); });
  EXPECT_TRUE(as(sari, SearchTickets{.words = "printer", .after = "99"}).tickets.empty());
}

TEST_F(Search, TakesWhatAQueryLanguageWouldReadForWords) {
  file("Printer macet");
  for (const auto* words :
       {"printer\" OR duplicate_index : * NEAR( ' --", "NEAR(printer macet, 2)", "printer AND NOT x",
        "{title}: printer ^ +", "printer*macet", "'; DROP TABLE ticket; printer"}) {
    EXPECT_EQ(search(words), Numbers{1}) << words;
  }
}

}  // namespace
}  // namespace gilir
