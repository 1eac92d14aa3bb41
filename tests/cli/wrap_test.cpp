// Where lines break on a terminal, and which columns of a table a narrow one keeps.
#include "cli/output/wrap.h"

#include <gtest/gtest.h>

#include <random>

#include "cli/output/output.h"
#include "core/base/text.h"
#include "tests/fakes/string_sink.h"

namespace gilir::cli {
namespace {

std::vector<std::string> texts(const Line& line, std::size_t width) {
  std::vector<std::string> rows;
  for (const auto& row : lines_within(line, width)) rows.push_back(plain_text(row));
  return rows;
}

using Rows = std::vector<std::string>;

TEST(Wrap, BreaksBetweenWordsAndIndentsTheRestALittle) {
  EXPECT_EQ(texts("kantor-123 is held by sari", 18), (Rows{"kantor-123 is held", "  by sari"}));
  EXPECT_EQ(texts("  sari since nine, for #1", 16), (Rows{"  sari since", "    nine, for #1"}));
  EXPECT_EQ(texts("short", 18), Rows{"short"});
}

TEST(Wrap, HangsTheRestBelowTheValue) {
  EXPECT_EQ(texts(Line{"why", "  "}.hang_here() += "the oldest of all", 16), (Rows{"why  the oldest", "     of all"}));
  // A label that leaves no room beside it.
  EXPECT_EQ(texts(Line{"a long label", "  "}.hang_here() += "and its value", 20),
            (Rows{"a long label  and", "  its value"}));
}

TEST(Wrap, KeepsWhatIsCopiedInOnePiece) {
  EXPECT_EQ(texts("Compare it, then pin it with gilir server trust app-1.", 40),
            (Rows{"Compare it, then pin it with", "  gilir server trust app-1."}));
  EXPECT_EQ(texts(phrase("If it is the same:  {}", accent("git merge 3 --into 1")), 30),
            (Rows{"If it is the same:", "  git merge 3 --into 1"}));
  // A word that the indentation leaves no room for, and one that nothing has room for.
  EXPECT_EQ(texts(Line{"head", "  "}.hang_here() += "is now 0123456789", 12), (Rows{"head  is now", "  0123456789"}));
  EXPECT_EQ(texts("the link 0123456789012345 is long", 12), (Rows{"the link 0123456789012345", "  is long"}));
}

TEST(Wrap, BreaksBetweenWideCharactersButNotBeforeTheirStops) {
  EXPECT_EQ(texts(Line{"#4", "  "}.hang_here() += "打印机坏了、请帮助", 14), (Rows{"#4  打印机坏", "    了、请帮助"}));
}

TEST(Wrap, KeepsTheLookOfEveryWord) {
  const auto rows = lines_within(Line{bold("one two"), " ", bad("three")}, 8);
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(render(rows[0], Palette::basic), "\x1b[1mone two\x1b[0m");
  EXPECT_EQ(render(rows[1], Palette::basic), "  \x1b[31mthree\x1b[0m");
}

TEST(Wrap, LosesNothingAndFitsWhateverTheWords) {
  std::mt19937 random(20261126);
  const std::vector<std::string> words{"a", "gilir", "lock", "kantor-123", "打印机", "é", "(so", "called).", "--into"};
  const auto without_blanks = [](std::string text) {
    std::erase(text, ' ');
    return text;
  };
  for (int round = 0; round < 2'000; ++round) {
    Line line;
    for (auto count = random() % 20; count > 0; --count)
      line += Line{Span(words[random() % words.size()], static_cast<Style>(random() % 7)), " "};
    const std::size_t width = 12 + random() % 60;
    std::string all;
    for (const auto& row : texts(line, width)) {
      EXPECT_LE(gilir::display_width(row), width) << row;
      all += row;
    }
    EXPECT_EQ(without_blanks(all), without_blanks(plain_text(line)));
  }
}

TEST(Output, BreaksLinesOnTerminalsOnly) {
  StringSink out;
  StringSink errors;
  const Line sentence("nobody else holds it");
  Output(out, errors, {.width = 12}).note(sentence);
  EXPECT_EQ(errors.take(), "nobody else holds it\n");
  Output terminal(out, errors, {.width = 12, .stdout_terminal = true, .stderr_terminal = true});
  terminal.note(sentence);
  EXPECT_EQ(errors.take(), "nobody else\n  holds it\n");
  terminal.facts({{"who", "nobody at all"}});
  EXPECT_EQ(out.take(), "who  nobody\n     at all\n");
  terminal.text("  one two three four\n\nx", 2);
  EXPECT_EQ(out.take(), "    one two\n    three\n    four\n\n  x\n");
}

TEST(Table, LeavesOutWhatCanBeSparedBeforeTheMainColumnIsCutToNothing) {
  const TableText table{{{.field = "number", .title = "N"},
                         {.field = "title", .title = "TITLE", .main = true},
                         {.field = "office", .title = "OFFICE", .flexible = true, .spare = 2},
                         {.field = "updated", .title = "UPDATED", .spare = 1}},
                        {{7, "The printer on the third floor smokes", "kantor-123", "5 min ago"}}};
  EXPECT_EQ(render_table(table, 80, Palette::none),
            "N  TITLE                                  OFFICE      UPDATED\n"
            "7  The printer on the third floor smokes  kantor-123  5 min ago\n");
  EXPECT_EQ(render_table(table, 44, Palette::none),
            "N  TITLE                           UPDATED\n"
            "7  The printer on the third floo…  5 min ago\n");
  EXPECT_EQ(render_table(table, 30, Palette::none, 2),
            "  N  TITLE\n"
            "  7  The printer on the third…\n");
}

}  // namespace
}  // namespace gilir::cli
