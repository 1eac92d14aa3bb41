#include "core/operations/ticket/search_phrases.h"

#include "core/operations/ticket/note.h"
#include "core/operations/ticket/reply.h"
#include "core/operations/ticket/search.h"
#include "tests/ticket/ticket_fixture.h"

namespace gilir {
namespace {

using Numbers = std::vector<std::int64_t>;

class SearchedDesk : public TicketDesk {
 protected:
  SearchedDesk() { add_agent(sari); }

  TicketNumber file_as(const std::string& title, const std::string& body = {}) {
    return as(admin, NewTicket{.title = title, .body = body, .reporter = "Budi", .office = "x", .not_duplicate = true})
        .number;
  }
  FoundTickets find(const std::string& words) { return as(sari, SearchTickets{words}); }
  Numbers search(const std::string& words) {
    Numbers numbers;
    for (const auto& ticket : find(words).tickets) numbers.push_back(ticket.number.value);
    return numbers;
  }

  store::Connection rows_{{directory_.file("desk") + "/desk.db", false, nullptr}};
};

TEST_F(SearchedDesk, FindsBeginningsOfWordsWithEndingsAndOfNames) {
  file_as("Certificate expired on srv-db01.kantor");
  file_as("Printing certificates fails with ORA-00942");
  file_as("Pencetakan bermasalah di direktori");
  EXPECT_EQ(search("certificate*").size(), 2u);
  EXPECT_EQ(search("cert*").size(), 2u);
  EXPECT_EQ(search("printing*"), Numbers{2});
  EXPECT_EQ(search("pencetak*"), Numbers{3});
  EXPECT_EQ(search("direkt*"), Numbers{3});
  EXPECT_EQ(search("srv-db*"), Numbers{1});
  EXPECT_EQ(search("ORA-009*"), Numbers{2});
  EXPECT_TRUE(search("ORA-007*").empty());
}

TEST_F(SearchedDesk, LeavesOutANameAndNotWhateverHasAPartOfIt) {
  file_as("Printer loket 5 macet");
  file_as("Printer srv-db01.kantor macet");
  file_as("Printer loket-2 macet");
  const auto found = [&](const std::string& words) {
    auto numbers = search(words);
    std::ranges::sort(numbers);
    return numbers;
  };
  EXPECT_EQ(found("printer -loket-2"), (Numbers{1, 2}));
  EXPECT_EQ(found("printer -mail.kantor"), (Numbers{1, 2, 3}));
  EXPECT_EQ(found("printer -srv-db01.kantor"), (Numbers{1, 3}));
}

TEST_F(SearchedDesk, LeavesOutTicketsOfWhichATextHasAPhrase) {
  file_as("Printer jam");
  file_as("Printer paper jam");
  file_as("Printer macet");
  file_as("Monitor jam");
  EXPECT_EQ(search("printer -\"paper jam\""), (Numbers{3, 1}));
  as(sari, NoteOnTicket{{3}, "It was a paper jam."});
  EXPECT_EQ(search("printer -\"paper jam\""), Numbers{1});
  EXPECT_TRUE(find("printer -\"paper jam\"").complete);
}

TEST_F(SearchedDesk, FindsAPhraseInWhicheverTextOfATicketHasIt) {
  file_as("Paper printer jam");
  as(sari, ReplyToTicket{.number = {1}, .text = "It was a paper jam, and much else was said about it too by all"});
  file_as("Paper printer jam");
  const auto found = find("\"paper jam\"");
  ASSERT_EQ(found.tickets.size(), 1u);
  EXPECT_TRUE(found.complete);
  EXPECT_EQ(found.tickets.front().number, TicketNumber{1});
  EXPECT_EQ(found.tickets.front().found_in, "reply");
  EXPECT_NE(found.tickets.front().snippet.find("a paper jam"), std::string::npos);
  as(sari, NoteOnTicket{{1}, "The late paper goes there"});
  EXPECT_EQ(search("\"paper jam\" \"late paper\""), Numbers{1});
  EXPECT_TRUE(search("\"paper jam\" \"paper late\"").empty());
}

TEST_F(SearchedDesk, ShowsTheBodyWhereThePhraseStandsThere) {
  file_as("Jam of the paper", "There is a paper jam");
  EXPECT_EQ(find("\"paper jam\"").tickets.at(0).found_in, "body");
  file_as("Printer paper", "jam of a kind");
  EXPECT_EQ(search("\"paper jam\""), Numbers{1}) << "a title and its body are not beside each other";
}

TEST_F(SearchedDesk, SaysSoWhereAPhraseWasDropped) {
  file_as("Paper jam");
  std::string phrases;
  for (std::size_t i = 0; i < most_phrases; ++i) phrases += "\"paper jam\" ";
  EXPECT_TRUE(find(phrases).complete);
  EXPECT_FALSE(find(phrases + "\"paper jam\"").complete);
}

TEST_F(SearchedDesk, PassesOverTextsOfNoTicketAndEventsThatCannotBeRead) {
  file_as("Printer macet");
  as(sari, ReplyToTicket{{1}, "fuser diganti"});
  rows_.script("INSERT INTO indexed_text SELECT 77, 4711, kind, source, terms FROM indexed_text WHERE number = 1");
  EXPECT_EQ(search("printer"), Numbers{1});
  EXPECT_EQ(search("\"printer macet\""), Numbers{1});
  EXPECT_EQ(search("printer -\"paper jam\""), Numbers{1});
  rows_.script("UPDATE event SET facts = '{' WHERE kind = 'ticket.replied'");
  EXPECT_EQ(search("fuser"), Numbers{1});
  EXPECT_TRUE(search("\"fuser diganti\"").empty());
}

class PhrasesOfADesk : public SearchedDesk {
 protected:
  // Whether a filter with these bounds lets tickets pass that have the phrase in their last reply, and says what it
  // did not look at.
  std::pair<int, bool> passed(const PhraseBounds& bounds) {
    auto words = read_search_words("\"paper jam\"");
    words.query.notes = true;
    PhraseFilter filter(rows_, words, bounds);
    int count = 0;
    for (const auto& hit : index::search(rows_, words.query, 0, 10).hits) {
      auto copy = hit;
      count += filter.passes(copy) ? 1 : 0;
    }
    return {count, filter.is_complete()};
  }
};

TEST_F(PhrasesOfADesk, AreLookedForWithinBoundsAndItSaysSo) {
  for (std::int64_t i = 1; i <= 3; ++i) {
    file_as("Paper and jam", "jam and paper");
    as(sari, ReplyToTicket{{i}, "neither here"});
    as(sari, ReplyToTicket{{i}, "a paper jam"});
  }
  EXPECT_EQ(passed({}), std::pair(3, true));
  EXPECT_EQ(passed({.texts = 3}).second, false);
  EXPECT_LT(passed({.texts = 3}).first, 3);
  EXPECT_LT(passed({.bytes = 20}).first, 3);
  EXPECT_FALSE(passed({.bytes = 20}).second);
  EXPECT_FALSE(passed({.stored = 2}).second);
  EXPECT_FALSE(passed({.texts_of_ticket = 1}).second);
}

}  // namespace
}  // namespace gilir
