// Tables, phrases, times and what may reach a terminal.
#include "cli/output/output.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "cli/output/foreign_text.h"
#include "cli/output/times.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "tests/fakes/string_sink.h"

namespace gilir::cli {
namespace {

TableText two_columns(std::vector<std::vector<Cell>> rows) {
  return {{{.field = "number", .title = "N", .right = true},
           {.field = "title", .title = "TITLE", .flexible = true},
           {.field = "owner", .title = "OWNER", .flexible = true}},
          std::move(rows)};
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return lines;
}

TEST(ForeignText, BeginsNoRowOfATerminalWhereItStandsBelowOurs) {
  EXPECT_EQ(indented_foreign_lines("gilir: it is yours\n", 0), std::vector<std::string>{"  gilir: it is yours"});
  EXPECT_EQ(indented_foreign_lines("12345678gilir: it", 10),
            (std::vector<std::string>{"  12345678", "  gilir: i", "  t"}));
  EXPECT_EQ(indented_foreign_lines("\u6253\u5370", 0), std::vector<std::string>{"  \u6253\u5370"});
  EXPECT_EQ(indented_foreign_lines("\u6253\u5370", 1), (std::vector<std::string>{"  \u6253", "  \u5370"}));
}

TEST(ForeignText, IsShownEscapedAndNoLongerThanAScreenOrTwo) {
  EXPECT_EQ(foreign_lines("Welcome\r\n\tto \x1b[2J\n\nkantor"),
            (std::vector<std::string>{"Welcome", "    to \\x1b[2J", "", "kantor"}));
  EXPECT_TRUE(foreign_lines("").empty());
  EXPECT_EQ(foreign_lines(std::string(1000, '\n')).size(), 100u);
  const auto long_line = foreign_lines(std::string(200'000, 'a'));
  ASSERT_EQ(long_line.size(), 1u);
  EXPECT_EQ(display_width(long_line.front()), 500u);
  EXPECT_TRUE(long_line.front().ends_with("…"));
}

TEST(Table, AlignsByWhatTheTerminalShows) {
  const auto text = render_table(two_columns({{7, "打印机坏了", "sari"}, {41, "Drucker", "é"}}), 0, Palette::none);
  EXPECT_EQ(text,
            " N  TITLE       OWNER\n"
            " 7  打印机坏了  sari\n"
            "41  Drucker     é\n");
}

TEST(Table, ShrinksTheWidestFlexibleColumnFirst) {
  const auto text =
      render_table(two_columns({{7, "The printer on the third floor smokes", "sari"}}), 30, Palette::none);
  EXPECT_EQ(text,
            "N  TITLE                 OWNER\n"
            "7  The printer on the …  sari\n");
}

TEST(Table, NeverWrapsHoweverNarrowTheTerminal) {
  std::mt19937 random(20261122);
  for (std::size_t width = 20; width <= 120; ++width) {
    std::vector<std::vector<Cell>> rows;
    for (int row = 0; row < 3; ++row) {
      rows.push_back(
          {Cell(static_cast<int>(random())), std::string(random() % 90, 'x'), std::string(random() % 40, 'y')});
    }
    for (const auto& line : lines_of(render_table(two_columns(rows), width, Palette::none))) {
      EXPECT_LE(gilir::display_width(line), width) << line;
      EXPECT_FALSE(line.ends_with(' ')) << line;
    }
  }
}

TEST(Table, IsEmptyWithoutRows) {
  EXPECT_EQ(render_table(two_columns({}), 80, Palette::none), "");
}

TEST(Csv, QuotesAsRfc4180Says) {
  EXPECT_EQ(render_csv(two_columns({{1, "say \"hi\", please", "two\nlines"}})),
            "number,title,owner\r\n1,\"say \"\"hi\"\", please\",\"two\nlines\"\r\n");
}

TEST(Csv, HasNoFormulas) {
  for (const char* start : {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠SUM(A1)"}) {
    const auto csv = render_csv({{{.field = "title"}}, {{Cell(start)}}});
    const auto cell = csv.substr(csv.find('\n') + 1);
    EXPECT_TRUE(cell.starts_with('\'') || cell.starts_with("\"'")) << cell;
  }
}

TEST(Plain, KeepsOneRowALineAndOneCellATab) {
  EXPECT_EQ(render_plain(two_columns({{1, "a\tb\nc", "d"}})), "1\ta\\tb\\nc\td\n");
}

TEST(Csv, PartsCellsBySemicolonsForSpreadsheetsThatNeedThem) {
  EXPECT_EQ(render_csv_excel(two_columns({{1, "Kantor; 123", "é"}})),
            "\ufeffnumber;title;owner\r\n1;\"Kantor; 123\";é\r\n");
}

TEST(Csv, QuotesWhatEitherKindOfSpreadsheetWouldPart) {
  EXPECT_EQ(render_csv({{{.field = "title"}}, {{Cell("a;=1+1")}}}), "title\r\n\"a;=1+1\"\r\n");
}

TEST(Scripts, GetTheTextAsItIs) {
  for (const std::string text : {"می\u200cخواهم", "👩\u200d💻", "עברית\u200f!", "soft\u00adhyphen", "a\u200bb"}) {
    EXPECT_EQ(render_plain({{{.field = "title"}}, {{Cell(text)}}}), text + "\n");
    EXPECT_EQ(render_csv({{{.field = "title"}}, {{Cell(text)}}}), "title\r\n" + text + "\r\n");
    EXPECT_EQ(render_ids({{{.field = "title"}}, {{Cell(text)}}}), text + "\n");
  }
}

TEST(Scripts, GetNoControlCharacters) {
  const TableText table{{{.field = "title"}}, {{Cell("a\x1b[31m\u009bb\x7f")}}};
  EXPECT_EQ(render_plain(table), "a\\x1b[31m\\x9bb\\x7f\n");
  EXPECT_EQ(render_csv(table), "title\r\na\\x1b[31m\\x9bb\\x7f\r\n");
}

TEST(Printable, EscapesWhatShowsNothingThoughItCountsAsALetter) {
  EXPECT_EQ(printable_line("\u3164 \uffa0 \u115f \u2800 \u034f \u17b4 \ufff0"),
            "\\u3164 \\uffa0 \\u115f \\u2800 \\u034f \\u17b4 \\ufff0");
}

TEST(Printable, ShowsJoinersBetweenLettersThatNeedThem) {
  for (const std::string text :
       {"می\u200cخواهم", "क्\u200dष", "👩\u200d💻", "👩🏽\u200d💻", "🏳\ufe0f\u200d🌈", "👨\u200d👩\u200d👧"}) {
    EXPECT_EQ(printable_line(text), text);
  }
}

TEST(Printable, EscapesJoinersThatHide) {
  EXPECT_EQ(printable_line("pass\u200dword"), "pass\\u200dword");
  EXPECT_EQ(printable_line("a\u200c"), "a\\u200c");
  EXPECT_EQ(printable_line("\u200dب"), "\\u200dب");
  EXPECT_EQ(printable_line("ب\u200c"), "ب\\u200c");
  EXPECT_EQ(printable_line("بa\u200cب"), "بa\\u200cب");
  EXPECT_EQ(printable_line("ب\u200c\u200cب"), "ب\\u200c\\u200cب");
  EXPECT_EQ(printable_line("💻\u200c💻"), "💻\\u200c💻");
  EXPECT_EQ(printable_line("ب\u202eب\u200fب"), "ب\\u202eب\\u200fب");
}

TEST(Printable, StaysSoWhereATextIsCut) {
  EXPECT_EQ(cut_to_width("می\u200cخواهم", 3), "می…");
  for (const std::string text : {"می\u200cخواهم", "👨\u200d👩\u200d👧"}) {
    for (std::size_t columns = 1; columns < 9; ++columns) {
      const auto cut = cut_to_width(text, columns);
      EXPECT_EQ(printable_line(cut), cut);
    }
  }
}

TEST(Output, EndsAsItsCommandDoesWhereNobodyCanBeTold) {
  class Full final : public Sink {
   public:
    void write(std::string_view) override {}
    void flush() override { throw Error(ErrorCode::failed); }
  };
  StringSink good;
  Full full;
  Output untold(good, full);
  EXPECT_NO_THROW(untold.note("told to nobody"));
  EXPECT_NO_THROW(untold.error_json("{}"));
  EXPECT_NO_THROW(untold.flush());
  Output unwritten(full, good);
  EXPECT_THROW(unwritten.flush(), Error);
}

TEST(Phrase, FillsPlacesInOrderOrByNumber) {
  EXPECT_EQ(plain_text(phrase("{} holds {}", "A", 41)), "A holds 41");
  EXPECT_EQ(plain_text(phrase("{1} is held by {0}", "A", 41)), "41 is held by A");
  EXPECT_EQ(plain_text(phrase("{} {} {7} { }", "A")), "A   ");
  EXPECT_EQ(plain_text(phrase("an open { brace", "A")), "an open { brace");
}

TEST(Phrase, DoesNotFillPlacesInWhatItWasGiven) {
  EXPECT_EQ(plain_text(phrase("{} {}", "{1}", "x")), "{1} x");
}

TEST(Style, WrapsOnlyItsOwnSpan) {
  EXPECT_EQ(render({"a ", good("b"), " c"}, Palette::basic), "a \x1b[32mb\x1b[0m c");
  EXPECT_EQ(render({"a ", good("b"), " c"}, Palette::none), "a b c");
}

TEST(Times, ReadAtAGlance) {
  const WallTime now{std::chrono::hours{24 * 20'000}};
  EXPECT_EQ(relative_time(now, now), "just now");
  EXPECT_EQ(relative_time(now - Seconds{45}, now), "45 s ago");
  EXPECT_EQ(relative_time(now - std::chrono::minutes{4}, now), "4 min ago");
  EXPECT_EQ(relative_time(now + std::chrono::hours{2}, now), "in 2 h");
  EXPECT_EQ(relative_time(now - std::chrono::hours{25}, now), "1 day ago");
  EXPECT_EQ(relative_time(now - std::chrono::hours{49}, now), "2 days ago");
  EXPECT_EQ(relative_time(now - std::chrono::hours{24 * 30}, now).size(), 10u);
}

TEST(Times, SpellDurationsOut) {
  EXPECT_EQ(duration_words(Seconds{45}), "45 s");
  EXPECT_EQ(duration_words(std::chrono::minutes{12}), "12 min");
  EXPECT_EQ(duration_words(std::chrono::minutes{65}), "1 h 05 min");
  EXPECT_EQ(duration_words(std::chrono::hours{2}), "2 h");
  EXPECT_EQ(duration_words(std::chrono::hours{74}), "3 days 2 h");
  EXPECT_EQ(duration_words(Seconds{-5}), "0 s");
}

TEST(Times, RoundToTheNearestAndNotDown) {
  const WallTime now{Milliseconds{1'800'000'000'000}};
  using std::chrono::hours;
  EXPECT_EQ(relative_time(now + hours{48} - Seconds{5}, now), "in 2 days");
  EXPECT_EQ(relative_time(now + Seconds{7199}, now), "in 2 h");
  EXPECT_EQ(relative_time(now + Seconds{3599}, now), "in 1 h");
  EXPECT_EQ(relative_time(now - hours{23} - Seconds{3000}, now), "1 day ago");
  EXPECT_EQ(relative_time(now - Seconds{89}, now), "1 min ago");
  EXPECT_EQ(relative_time(now - Seconds{90}, now), "2 min ago");
  EXPECT_EQ(duration_words(Seconds{119}), "2 min");
  EXPECT_EQ(duration_words(Seconds{59 * 60 + 45}), "1 h");
  EXPECT_EQ(duration_words(hours{23} + Seconds{3599}), "1 day");
  EXPECT_EQ(duration_words(hours{49} + Seconds{1800}), "2 days 2 h");
}

TEST(Times, ThatAPersonHasSetAreSpeltOutToTheSecond) {
  EXPECT_EQ(exact_duration_words(Seconds{119}), "1 min 59 s");
  EXPECT_EQ(exact_duration_words(Seconds{90}), "1 min 30 s");
  EXPECT_EQ(exact_duration_words(Milliseconds{59'500}), "1 min");
  EXPECT_EQ(exact_duration_words(Seconds{1800}), "30 min");
  EXPECT_EQ(exact_duration_words(Seconds{65 * 60}), "1 h 05 min");
  EXPECT_EQ(exact_duration_words(Seconds{3601}), "1 h 1 s");
  EXPECT_EQ(exact_duration_words(Seconds{86'400 + 60}), "1 day 1 min");
  EXPECT_EQ(exact_duration_words(Seconds{0}), "0 s");
}

struct Hostile {
  std::string title;
};
BOOST_DESCRIBE_STRUCT(Hostile, (), (title))

std::string hostile_text(std::mt19937& random) {
  static const std::vector<std::string> pieces{"\x1b[31m",
                                               "\x1b]0;owned\x07",
                                               "\x9b",
                                               "\xc2\x9b",
                                               "\u202e",
                                               "\u2066",
                                               "\u200b",
                                               "\ufeff",
                                               "\r",
                                               "\n",
                                               "\t",
                                               "\x7f",
                                               "a",
                                               "=",
                                               "{}",
                                               "\"",
                                               ",",
                                               "\\",
                                               "\xff",
                                               "\xed\xa0\x80",
                                               "\xf4\x90\x80\x80",
                                               "打",
                                               "é",
                                               std::string(1, '\0'),
                                               "\U000e0041"};
  std::string text;
  for (auto count = random() % 12; count > 0; --count) {
    if (random() % 4 == 0)
      text += static_cast<char>(random() % 256);
    else
      text += pieces[random() % pieces.size()];
  }
  return text;
}

// Every dangerous code point but the line breaks and tabs that we print ourselves.
void expect_harmless(std::string_view shown, std::string_view allowed, std::string_view where) {
  ASSERT_TRUE(is_utf8(shown)) << where;
  for (std::size_t at = 0; at < shown.size();) {
    const char32_t code_point = next_code_point(shown, at);
    const bool ours = code_point < 0x80 && allowed.find(static_cast<char>(code_point)) != std::string_view::npos;
    ASSERT_TRUE(ours || !is_dangerous(code_point))
        << where << " lets U+" << std::hex << std::uint32_t{code_point} << " through";
  }
}

TEST(Output, NeverLetsHostileTextThrough) {
  std::mt19937 random(20261122);
  for (int round = 0; round < 5'000; ++round) {
    const auto text = hostile_text(random);
    for (const auto format : {Format::human, Format::plain, Format::csv, Format::ids, Format::json}) {
      StringSink out;
      StringSink errors;
      Output output(out, errors, {.format = format, .stdout_terminal = true});
      output.line({bold(text), " ", text});
      output.text(text, 2);
      output.facts({{text, text}});
      output.note(phrase("{}", text));
      const Table<Hostile> table{
          {{.field = "title", .title = "T", .flexible = true}, [](const Hostile& row) { return Cell(row.title); }}};
      output.list(table, {Hostile{text}}, {.truncated = true, .next = text});
      output.flush();
      expect_harmless(errors.text(), "\n", "stderr");
      if (format == Format::json) {
        // JSON escapes what would break a line; the rest is data.
        ASSERT_EQ(std::ranges::count(out.text(), '\n'), 1);
        ASSERT_EQ(out.text().find('\x1b'), std::string::npos);
      } else {
        expect_harmless(out.text(), "\n\t\r", "stdout");
      }
    }
  }
}

TEST(Output, KeepsLineBreaksOfABodyOnly) {
  StringSink out;
  StringSink errors;
  Output output(out, errors);
  output.text("one\r\n\n\ttwo\n\n", 2);
  EXPECT_EQ(out.take(), "  one\n\n  \ttwo\n");
  output.line("one\ntwo");
  EXPECT_EQ(out.take(), "one\\ntwo\n");
}

TEST(Output, ShowsAFilesBytesToPipesOnly) {
  StringSink out;
  StringSink errors;
  Output pipe(out, errors);
  pipe.bytes("\x1b[31m");
  EXPECT_EQ(out.take(), "\x1b[31m");
  Output terminal(out, errors, {.stdout_terminal = true});
  EXPECT_THROW(terminal.bytes("x"), Error);
}

TEST(Output, SaysNothingToPeopleInJsonMode) {
  StringSink out;
  StringSink errors;
  Output output(out, errors, {.format = Format::json});
  output.line("text");
  output.text("text");
  output.facts({{"label", "value"}});
  EXPECT_EQ(out.text(), "");
}

TEST(DisplayWidth, IsThatOfTerminals) {
  EXPECT_EQ(display_width("Café"), 4u);
  EXPECT_EQ(display_width("Cafe\u0301"), 4u);
  EXPECT_EQ(display_width("打印机"), 6u);
  for (const char* picture : {"✅", "❌", "☕", "⚡", "🚀"}) EXPECT_EQ(display_width(picture), 2u) << picture;
}

}  // namespace
}  // namespace gilir::cli
