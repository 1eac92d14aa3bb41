#include "core/ssh/status_line.h"

#include <gtest/gtest.h>

namespace gilir::test {
namespace {

const std::vector<std::string> three_lines = {"one", "two", "three"};

TEST(StatusLine, LeavesTheRemoteProgramTheOtherRows) {
  StatusLine line;
  line.show(three_lines, {.columns = 80, .rows = 24});
  EXPECT_EQ(line.remote_size({.columns = 80, .rows = 24}), (WindowSize{.columns = 80, .rows = 21}));
}

TEST(StatusLine, LeavesTheRemoteProgramARowInATerminalThatShrinks) {
  for (int rows = 4; rows >= 0; --rows) {
    StatusLine line;
    line.show(three_lines, {.columns = 80, .rows = 24});
    EXPECT_GE(line.remote_size({.columns = 80, .rows = rows}).rows, 1) << rows;
  }
}

const std::string question = "budi asks for kantor-123; without an answer it goes in 30 s";
const std::string keys = "^] then k keep, h hand over, l let go; at the start of a line ~k, ~h, ~l too";

TEST(StatusLine, BreaksAQuestionAndItsKeysInANarrowTerminalSoThatBothCanBeRead) {
  StatusLine line;
  const auto written = line.show({question, keys, "a reason"}, {.columns = 50, .rows = 24});
  EXPECT_EQ(line.rows(), 5u);
  EXPECT_EQ(line.whole_lines(), 3u);
  EXPECT_NE(written.find("7mgoes in 30 s\x1b[K"), std::string::npos) << written;
  EXPECT_NE(written.find("7mstart of a line ~k, ~h, ~l too\x1b[K"), std::string::npos) << written;
  EXPECT_EQ(line.remote_size({.columns = 50, .rows = 24}).rows, 19);
  line.hide({.columns = 50, .rows = 24});
  EXPECT_EQ(line.whole_lines(), 0u);
}

TEST(StatusLine, SaysThatALineIsNotWholeWhereItsRowsHaveNoRoom) {
  StatusLine line;
  line.show({question, keys}, {.columns = 50, .rows = 5});
  EXPECT_EQ(line.whole_lines(), 1u);
  line.show({question, keys}, {.columns = 50, .rows = 6});
  EXPECT_EQ(line.whole_lines(), 2u);
  line.show({question, keys}, {.columns = 12, .rows = 24});
  EXPECT_EQ(line.whole_lines(), 0u);
  EXPECT_EQ(line.rows(), 6u);
}

TEST(StatusLine, GivesALongReasonThreeRowsAtMost) {
  StatusLine line;
  line.show({std::string(500, 'x'), std::string(1000, 'y') + " z"}, {.columns = 40, .rows = 24});
  EXPECT_EQ(line.whole_lines(), 0u);
  EXPECT_LE(line.rows(), 6u);
  std::string words;
  for (int word = 0; word < 100; ++word) words += "word ";
  line.show({words}, {.columns = 40, .rows = 24});
  EXPECT_EQ(line.rows(), 3u);
}

TEST(StatusLine, GoesWhereThereIsNoRoomForIt) {
  StatusLine line;
  line.show(three_lines, {.columns = 80, .rows = 24});
  const auto written = line.show(three_lines, {.columns = 80, .rows = 2});
  EXPECT_FALSE(line.is_shown());
  EXPECT_NE(written.find("\x1b[1;2r"), std::string::npos);
  EXPECT_EQ(written.find("\x1b[0;"), std::string::npos);
  EXPECT_EQ(written.find("\x1b[-"), std::string::npos);
  EXPECT_EQ(line.remote_size({.columns = 80, .rows = 2}).rows, 2);
  EXPECT_EQ(line.show(three_lines, {.columns = 80, .rows = 2}), "");
}

}  // namespace
}  // namespace gilir::test
