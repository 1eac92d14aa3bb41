#include "core/ssh/typed_keys.h"

#include <gtest/gtest.h>

namespace gilir::test {
namespace {

TEST(TypedKeys, AreAPersonsOwn) {
  for (const std::string_view typed : {"a", "\r", "\x03", "\x1b[A", "\x1bOP", "\x1b[15~", "\x1b[200~text\x1b[201~",
                                       "\x1bx", "\xc3\xa9", "\x1b[<0;1;1Mx", "\x1bPls\r"}) {
    TypedKeys keys;
    EXPECT_TRUE(keys.take(typed)) << typed.substr(1);
  }
}

TEST(TypedKeys, AreNotWhatATerminalSaysByItself) {
  for (const std::string_view said :
       {"\x1b[12;40R", "\x1b[?62;4c", "\x1b[>41;354;0c", "\x1b[0n", "\x1b[I", "\x1b[O", "\x1b[<35;10;20M",
        "\x1b[<0;10;20m", "\x1b[M !!", "\x1b]11;rgb:0000/0000/0000\x1b\\", "\x1b]11;rgb:ffff/ffff/ffff\a",
        "\x1bP>|xterm(390)\x1b\\", "\x1b[?2026;2$y", "\x1b[8;24;80t", "\x1b[?0u", "\x1b[I\x1b[12;40R"}) {
    TypedKeys keys;
    EXPECT_FALSE(keys.take(said)) << said.substr(1);
    for (const char byte : said) EXPECT_FALSE(keys.take({&byte, 1})) << said.substr(1);
    EXPECT_TRUE(keys.take("a")) << said.substr(1);
  }
}

TEST(TypedKeys, AreFoundBehindASequenceThatNeverEnds) {
  TypedKeys keys;
  EXPECT_FALSE(keys.take("\x1b]"));
  EXPECT_TRUE(keys.take(std::string(5000, 'a')));
  EXPECT_TRUE(keys.take("a"));
}

}  // namespace
}  // namespace gilir::test
