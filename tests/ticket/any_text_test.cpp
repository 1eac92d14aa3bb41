#include <random>

#include "core/base/text.h"
#include "core/index/terms.h"
#include "core/operations/ticket/edit.h"
#include "core/operations/ticket/search.h"
#include "tests/ticket/ticket_fixture.h"

namespace gilir {
namespace {

class AnyText : public TicketDesk {
 protected:
  AnyText() { add_agent(sari); }

  FiledTicket file_text(const std::string& title, const std::string& body = {}) {
    return as(admin, NewTicket{.title = title, .body = body, .reporter = "Budi", .office = "kantor-123"});
  }
  bool finds(const std::string& words, TicketNumber number) {
    const auto found = as(sari, SearchTickets{.words = words, .limit = 1000});
    return std::ranges::find(found.tickets, number, &TicketLine::number) != found.tickets.end();
  }
  static bool resembles(const FiledTicket& ticket, TicketNumber other) {
    return std::ranges::find(ticket.duplicates, other, &DuplicateView::number) != ticket.duplicates.end();
  }
};

TEST_F(AnyText, IsAsLongAsItIsStored) {
  // A byte that is no text is stored as three.
  const std::string title = "no text: " + std::string(163, '\xff');
  EXPECT_EQ(as(admin, ShowTicket{file_text(title).number}).title.size(), 498U);
  const auto error = thrown_by([&] { file_text(std::string(max_line_bytes, '\xff')); });
  EXPECT_EQ(error.code(), ErrorCode::invalid);
  EXPECT_EQ(error.text("field"), "title");
  EXPECT_EQ(file_text(std::string(max_line_bytes, 'x')).title.size(), max_line_bytes);
  expect_error(ErrorCode::invalid, [&] { file_text("x", std::string(max_body_bytes, '\0')); });
}

// Words, what a query language means something by, what separates words, and bytes that are no text.
std::string any_text(std::mt19937& random, std::size_t most) {
  static const std::string parts[] = {
      "Don't-2",
      "jum'at-7",
      "o'",
      "'x9",
      "it’s-4",
      "printer",
      "MACET",
      "a1",
      "\"",
      "*",
      "^",
      "(",
      ")",
      "{",
      "}",
      "AND ",
      " OR ",
      " NOT ",
      ":",
      "terms:",
      "NEAR(",
      ",3)",
      "+",
      "-",
      "_",
      ".",
      "/",
      " ",
      "\t",
      "\n",
      "\r\n",
      "%",
      "$1",
      "?1",
      ";--",
      "\\",
      "\xff",
      "\xc3",
      "日本",
      "ß",
      "\xed\xa0\x80",
      "\xf4\x90\x80\x80",
      "\u202e",
      "\u00ad",
      "e\u0301",
      "🖨",
      "'",
      std::string(1, '\0'),
  };
  std::string text;
  while (text.size() < most && random() % 12 != 0) {
    if (random() % 4 == 0)
      text += static_cast<char>(random());
    else
      text += parts[random() % std::size(parts)];
  }
  return text.substr(0, most);
}

// Without what a search means something by.
std::string plain_words(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return c == '"' || c == '-' || c == '*'; }, ' ');
  return text;
}

TEST_F(AnyText, FiledTwiceIsFoundBySearchAndByLookAlikes) {
  std::mt19937 random(20261127);
  std::size_t looked_for = 0;
  for (int round = 0; round < 100; ++round) {
    const auto title = "x" + std::to_string(round + 5000) + " " + any_text(random, 400);
    const auto body = any_text(random, 2000);
    const auto first = file_text(title, body);
    const auto second = file_text(title, body);
    ASSERT_TRUE(resembles(second, first.number)) << round << ": " << title;
    const auto stored = storable(title);
    for (const auto& term : index::placed_terms(stored)) {
      const auto word = stored.substr(term.begin, term.end - term.begin);
      ASSERT_TRUE(finds(word, first.number) && finds(word, second.number)) << round << ": " << word;
      ++looked_for;
    }
    ASSERT_TRUE(finds(plain_words(stored), first.number)) << title;
    ASSERT_TRUE(is_storable(show(second.number).title + show(second.number).body));
  }
  EXPECT_GT(looked_for, 400u);
}

TEST_F(AnyText, IsSearchedForOrHoldsNothingToLookFor) {
  std::mt19937 random(20261128);
  for (int i = 0; i < 40; ++i) file_text("x" + any_text(random, 100), any_text(random, 1000));
  std::size_t found = 0;
  for (int round = 0; round < 2'000; ++round) {
    const auto words = any_text(random, 300);
    try {
      for (const auto& ticket : as(sari, SearchTickets{.words = words, .limit = 3}).tickets) {
        ++found;
        ASSERT_TRUE(is_storable(ticket.snippet)) << words;
        std::size_t end = 0;
        for (const auto& mark : ticket.marks) {
          ASSERT_TRUE(end <= mark.begin && mark.begin < mark.end && mark.end <= ticket.snippet.size()) << words;
          ASSERT_TRUE(is_storable(ticket.snippet.substr(mark.begin, mark.end - mark.begin))) << words;
          end = mark.end;
        }
      }
    } catch (const Error& error) {
      ASSERT_EQ(error.code(), ErrorCode::invalid) << words;
      ASSERT_EQ(error.text("field"), "words") << words;
    }
  }
  EXPECT_GT(found, 1000u);
}

TEST_F(AnyText, WithAnApostropheAndADigitInAWordIsFiledAsOftenAsOneLikes) {
  file_text("Don't-2 works");
  EXPECT_TRUE(resembles(file_text("Don't-2 works"), {1}));
  file_text("Other", "log: jum'at-2 and don't-2 works");
  EXPECT_TRUE(finds("don't-2", {2}));
  EXPECT_TRUE(finds("don't-2", {3}));
}

TEST_F(AnyText, ChangedLaterIsFoundByWhatItIsThen) {
  file_text("Don't-2 works");
  as(admin, EditTicket{.number = {1}, .title = "Zirkon-3 rusak"});
  EXPECT_TRUE(finds("zirkon-3", {1}));
  EXPECT_FALSE(finds("don't-2", {1}));
  EXPECT_TRUE(resembles(file_text("Zirkon-3 rusak"), {1}));
}

TEST_F(AnyText, KeepsWhatIsNoTextAsReplacementCharactersAndSaysSo) {
  NewTicket operation{.title = std::string("a\0b\xff", 4), .body = "\xe2\x82", .reporter = "B\xfc", .office = "x"};
  const auto reply = desk_.perform(Call{.caller = admin}, operation);
  EXPECT_TRUE(reply.mended);
  EXPECT_EQ(reply.result.title, "a\uFFFDb\uFFFD");
  EXPECT_EQ(show({1}).body, "\uFFFD\uFFFD");
  EXPECT_EQ(reply.result.reporter.name, "B\uFFFD");
  operation.title = operation.body = "plain";
  operation.reporter = "Budi";
  EXPECT_FALSE(desk_.perform(Call{.caller = admin}, operation).mended);
}

TEST_F(AnyText, OfSeveralLinesMakesATitleOfOne) {
  EXPECT_EQ(file_text("\nPrinter\r\n macet\n\nlagi\n").title, "Printer  macet lagi");
}

}  // namespace
}  // namespace gilir
