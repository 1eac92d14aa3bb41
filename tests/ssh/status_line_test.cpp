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
