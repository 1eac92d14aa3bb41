// Programs that are asked something, and what dpkg knows.
#include "core/health/package_version.h"

#include <gtest/gtest.h>
#include <unistd.h>

namespace gilir {
namespace {

TEST(AskProgram, GivesStatusAndOutput) {
  const auto answer = ask_program("/bin/sh", {"-c", "echo yes; echo no >&2; exit 3"}, Seconds{30});
  EXPECT_EQ(answer.status, 3);
  EXPECT_EQ(answer.text, "yes\n");
}

TEST(AskProgram, EndsOneThatDoesNotEnd) {
  const auto start = std::chrono::steady_clock::now();
  EXPECT_FALSE(ask_program("/bin/sh", {"-c", "sleep 60"}, Milliseconds{100}).status);
  // Also one that closes its output.
  EXPECT_FALSE(ask_program("/bin/sh", {"-c", "exec >&-; sleep 60"}, Milliseconds{100}).status);
  EXPECT_LT(std::chrono::steady_clock::now() - start, Seconds{30});
}

TEST(AskProgram, ReadsNoFlood) {
  EXPECT_LE(ask_program("/bin/sh", {"-c", "yes"}, Seconds{30}).text.size(), 70'000u);
}

TEST(AskProgram, HasNoAnswerOfOneThatIsNotThere) {
  EXPECT_FALSE(ask_program("/nowhere", {}, Seconds{1}).status == 0);
}

TEST(PackageVersion, IsUnknownForAFileOfNoPackage) {
  EXPECT_FALSE(package_version("/proc/self/exe"));
  EXPECT_FALSE(package_version("/nowhere"));
}

TEST(PackageVersion, IsKnownForTheShellOnDebian) {
  if (access("/usr/bin/dpkg-query", X_OK) == 0) {
    EXPECT_TRUE(package_version("/bin/dash").has_value());
  }
}

}  // namespace
}  // namespace gilir
