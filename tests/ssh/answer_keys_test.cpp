#include "core/ssh/answer_keys.h"

#include <gtest/gtest.h>

namespace gilir {
namespace {

class Typing : public ::testing::Test {
 protected:
  // What reaches the program of keys typed one after the other.
  std::string type(std::string_view keys) {
    std::string reached;
    for (const char key : keys) {
      std::string typed(1, key);
      if (const auto answer = keys_.take(typed, letters_)) answers_ += *answer;
      reached += typed;
    }
    return reached;
  }

  AnswerKeys keys_;
  std::string letters_ = "khl";
  std::string answers_;
};

TEST_F(Typing, AnswersByALetterBehindThePrefix) {
  EXPECT_EQ(type("ls\x1dk -l"), "ls -l");
  EXPECT_EQ(answers_, "k");
}

TEST_F(Typing, LeavesByATildeAndADotAtTheStartOfALineThoughNothingIsAsked) {
  letters_.clear();
  EXPECT_EQ(type("ls\r~."), "ls\r");
  EXPECT_EQ(type("cd ~.\r ~.\r\x1d."), "cd ~.\r ~.\r\x1d.");
  EXPECT_EQ(answers_, ".");
}

TEST_F(Typing, PassesOneOfTwoTildesSoThatASessionWithinCanBeLeft) {
  EXPECT_EQ(type("\r~~."), "\r~.");
  EXPECT_EQ(answers_, "");
}

TEST_F(Typing, AnswersByATildeAtTheStartOfALineAsWithSsh) {
  EXPECT_EQ(type("~h"), "");
  EXPECT_EQ(type("ls\r~l"), "ls\r");
  EXPECT_EQ(answers_, "hl");
}

TEST_F(Typing, PassesATildeElsewhereAndOneThatNoLetterFollows) {
  EXPECT_EQ(type("cd ~k\r~/bin\r"), "cd ~k\r~/bin\r");
  EXPECT_EQ(answers_, "");
}

TEST_F(Typing, PassesAPrefixThatNoLetterFollowsAndOneOfTwo) {
  EXPECT_EQ(type("\x1dq\x1d\x1dk"), "\x1dq\x1dk");
  EXPECT_EQ(answers_, "");
}

TEST_F(Typing, PassesTheLettersByThemselves) {
  EXPECT_EQ(type("khl"), "khl");
  EXPECT_EQ(answers_, "");
}

TEST_F(Typing, PassesEverythingWhileNothingIsAsked) {
  letters_.clear();
  EXPECT_EQ(type("\x1dk\r~k"), "\x1dk\r~k");
  EXPECT_EQ(answers_, "");
}

TEST_F(Typing, PassesAPrefixOnWhenTheQuestionHasGoneMeanwhile) {
  EXPECT_EQ(type("\x1d"), "");
  letters_.clear();
  EXPECT_EQ(type("k"), "\x1dk");
}

TEST_F(Typing, TakesOneAnswerOutOfWhatWasPasted) {
  std::string typed = "a\x1dlb\x1dk";
  EXPECT_EQ(keys_.take(typed, letters_), 'l');
  EXPECT_EQ(typed, "ab\x1dk");
}

}  // namespace
}  // namespace gilir
