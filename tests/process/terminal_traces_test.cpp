#include "core/process/terminal_traces.h"

#include <gtest/gtest.h>

namespace gilir {
namespace {

std::string left_by(std::string_view written) {
  TerminalTraces whole;
  whole.see(written);
  const auto undone = whole.undo();
  TerminalTraces in_pieces;
  for (const char byte : written) in_pieces.see({&byte, 1});
  EXPECT_EQ(in_pieces.undo(), undone) << "cut into pieces";
  // What was undone leaves nothing.
  TerminalTraces twice;
  twice.see(written);
  twice.see(twice.undo());
  EXPECT_EQ(twice.undo(), "");
  return undone;
}

TEST(TerminalTraces, AreNoneOfAPlainCommand) {
  EXPECT_EQ(left_by(""), "");
  EXPECT_EQ(left_by("a.txt  b.txt\r\nkopi h\xc3\xa9 \xf0\x9f\x98\x80\r\n"), "");
  EXPECT_EQ(left_by("\x1b[01;34mfolder\x1b[0m  \x1b[m\x1b[Kfound\x1b[38;5;0mx\x1b[m\r\n"), "");
  EXPECT_EQ(left_by("\x1b]0;sari@kantor-123\a\x1b[?2004hsari$ \x1b[?2004l\r\nlogout\r\n"), "");
  EXPECT_EQ(left_by("\x1b[H\x1b[2J\x1b[3;4Hthere\x1b[1A\x1b[6n\x1b[c\x1b[?25h\x1b[?7h"), "");
}

TEST(TerminalTraces, OfAProgramThatTidiesUpAreNone) {
  const std::string_view vim =
      "\x1b[?1049h\x1b[22;0;0t\x1b[>4;2m\x1b[?1h\x1b=\x1b[?2004h\x1b[?1004h\x1b[1;24r\x1b[?12h\x1b[?12l\x1b[22;2t"
      "\x1b[22;1t\x1b[27m\x1b[23m\x1b[m\x1b[H\x1b[2J\x1b[?25l~\x1b[?25h\x1b[?1000h\x1b[?1002h\x1b[?1006h"
      "\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[r\x1b[?1004l\x1b[?2004l\x1b[?1l\x1b>\x1b[>4;m\x1b[23;2t\x1b[23;1t"
      "\x1b[?1049l\x1b[23;0;0t";
  EXPECT_EQ(left_by(vim), "");
}

TEST(TerminalTraces, AreUndoneEachByItsOwnSequence) {
  const std::pair<std::string_view, std::string_view> rows[] = {
      {"\x1b[?1049h", "\x1b[?1049l"},
      {"\x1b[?1000;1002;1006h", "\x1b[?1000l\x1b[?1002l\x1b[?1006l"},
      {"\x1b[?1003h\x1b[?1005h\x1b[?1015h", "\x1b[?1003l\x1b[?1005l\x1b[?1015l"},
      {"\x1b[?2004h", "\x1b[?2004l"},
      {"\x1b[?1004h", "\x1b[?1004l"},
      {"\x1b[?2026h", "\x1b[?2026l"},
      {"\x1b[?1h\x1b=", "\x1b[?1l\x1b>"},
      {"\x1b[?25l", "\x1b[?25h"},
      {"\x1b[?7l", "\x1b[?7h"},
      {"\x1b[4h", "\x1b[4l"},
      {"\x1b[3;7r", "\0337\x1b[r\0338"},
      {"\x1b(0", "\x1b(B"},
      {"\x0e", "\x0f"},
      {"\x1b[0;1;31m", "\x1b[0m"},
      {"\x1b[38;5;0m", "\x1b[0m"},
      {"\x1b[4:3m", "\x1b[0m"},
      {"\x1b[>1u\x1b[>5u", "\x1b[<2u"},
      {"\x1b[=1;1u", "\x1b[=0u"},
      {"\x1b[>4;2m", "\x1b[>4m"},
      {"\x1b[5 q", "\x1b[0 q"},
      {"\x1b[22;0;0t\x1b]2;kopi\x1b\\", "\x1b[23;0t"},
      {"\x1b]8;;https://kantor.example/\x1b\\here", "\x1b]8;;\x1b\\"},
  };
  for (const auto& [written, undone] : rows) EXPECT_EQ(left_by(written), undone);
}

// Saved with the cursor on the main screen are its attributes: they come back with it.
TEST(TerminalTraces, OfTheAlternateScreenAreUndoneBeforeAndThoseOfTextAfterIt) {
  EXPECT_EQ(left_by("\x1b[>1u\x1b[?1049h\x1b[>3u\x1b[2;9r\x1b[31m\x1b[?25l\x1b[?6h"),
            "\x1b[?6l\x1b[r\x1b[<1u\x1b[?1049l\x1b[<1u\x1b[?25h\x1b[0m");
}

TEST(TerminalTraces, OfAnOlderAlternateScreenBringTheCursorBackWhereItWasSaved) {
  EXPECT_EQ(left_by("\0337\x1b[?47h"), "\x1b[?47l\0338");
  EXPECT_EQ(left_by("\x1b[?1047h\0337"), "\x1b[?1047l\x1b[999;1H");
}

TEST(TerminalTraces, EndASequenceThatWasCutOff) {
  EXPECT_EQ(left_by("text\x1b[?10"), "\x18\x1b\\");
  EXPECT_EQ(left_by("\x1b]0;a title that"), "\x18\x1b\\");
  EXPECT_EQ(left_by("\x1bPq#0;2;0;0;0"), "\x18\x1b\\");
  EXPECT_EQ(left_by("\x1b[?25l\x1b[?10\x18 goes on"), "\x1b[?25h");
}

TEST(TerminalTraces, AreGoneWithAReset) {
  EXPECT_EQ(left_by("\x1b[?1049h\x1b[?1000h\x1b[31m\033c"), "");
  EXPECT_EQ(left_by("\x1b[?1h\x1b[4h\x1b[?25l\x1b[3;7r\x1b[31m\x1b(0\x1b[!p"), "");
}

TEST(TerminalTraces, TakeBoundedMemoryWhateverComes) {
  TerminalTraces traces;
  for (int i = 0; i < 2000; ++i) traces.see("\x1b[22;0t\x1b[>1u\x1b[?1000h\x1b[4h\x1b]8;" + std::string(1000, ';'));
  EXPECT_LT(traces.undo().size(), 200U);
  traces.see("\x1b[" + std::string(100'000, '9') + "h\x1b[?99999999999999999999;25l");
  EXPECT_EQ(traces.undo(), "\x1b[?25h");
}

TEST(TerminalTraces, ThatNobodySawAreUndoneAtATerminalOfTheKindOnly) {
  EXPECT_EQ(TerminalTraces::undo_unseen(""), "");
  EXPECT_EQ(TerminalTraces::undo_unseen("dumb"), "");
  for (const auto* type : {"xterm", "linux", "screen"}) {
    const auto written = TerminalTraces::undo_unseen(type);
    EXPECT_NE(written.find("\x1b[?1000l"), std::string::npos) << type;
    TerminalTraces traces;
    traces.see(written);
    EXPECT_EQ(traces.undo(), "") << "it leaves nothing of its own; " << type;
  }
}

}  // namespace
}  // namespace gilir
