#include "core/hooks/hook_log.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "tests/fakes/fake_clock.h"
#include "tests/fakes/temporary_directory.h"

namespace gilir {
namespace {

std::string text_of(const std::string& path) {
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

TEST(HookLog, SaysWhenAndEscapesWhatATerminalObeys) {
  const TemporaryDirectory directory;
  const FakeClock clock;
  HookLog log(directory.path(), clock);
  log.say("#4 ticket.filed all.d/\x1b[2J: exit 3");
  log.quote("one\ntwo\x07", 5);
  const auto time = format_rfc3339_seconds(clock.now().wall);
  EXPECT_EQ(text_of(directory.file("log")),
            time + " #4 ticket.filed all.d/\\x1b[2J: exit 3\n  | one\n  | two\\x07\n  | … and 5 bytes more\n");
}

TEST(HookLog, KeepsOneLogBehindTheOneThatIsFull) {
  const TemporaryDirectory directory;
  const FakeClock clock;
  HookLog log(directory.path(), clock);
  const std::string line(10'000, 'x');
  for (int i = 0; i < 350; ++i) log.say(line);
  EXPECT_LT(std::filesystem::file_size(directory.file("log")), largest_hook_log);
  EXPECT_LT(std::filesystem::file_size(directory.file("log.1")), largest_hook_log + line.size() + 100);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(directory.path()), {}), 2);
}

TEST(HookLog, ThatCannotBeWrittenIsNoError) {
  const FakeClock clock;
  HookLog log("/nowhere/at/all", clock);
  log.say("lost");
}

}  // namespace
}  // namespace gilir
