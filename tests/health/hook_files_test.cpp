// Which programs under hooks/ may run in the owner's name.
#include "core/health/hook_files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/fakes/temporary_directory.h"

namespace gilir {
namespace {

class HookFiles : public testing::Test {
 protected:
  HookFiles() {
    std::filesystem::create_directories(folder());
    chmod((directory_.path() + "/hooks").c_str(), 0700);
    chmod(folder().c_str(), 0700);
  }
  std::string folder() const { return directory_.path() + "/hooks/lock.granted.d"; }
  std::string add(const std::string& name, mode_t mode) const {
    const auto path = folder() + "/" + name;
    std::ofstream(path) << "#!/bin/sh\n";
    chmod(path.c_str(), mode);
    return path;
  }
  std::vector<Finding> found() const { return check_hook_files(directory_.path()); }

  TemporaryDirectory directory_;
};

TEST_F(HookFiles, AreGoodWhenTheyAreTheOwnersAndRun) {
  add("10-say", 0700);
  add("20-say", 0755);
  add(".swp", 0600);
  const auto findings = found();
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].health, Health::ok);
  EXPECT_EQ(findings[0].fact, "2");
}

TEST_F(HookFiles, AreGoodWhereThereAreNone) {
  TemporaryDirectory empty;
  const auto findings = check_hook_files(empty.path());
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].health, Health::ok);
  EXPECT_EQ(findings[0].fact, "0");
}

TEST_F(HookFiles, ThatOthersMayWriteAreAProblem) {
  const auto path = add("10-say", 0770);
  const auto findings = found();
  ASSERT_EQ(findings.size(), 1u);
  EXPECT_EQ(findings[0].because, Because::open_to_others);
  EXPECT_EQ(findings[0].subject, path);
  EXPECT_EQ(findings[0].fact, "0770");
}

TEST_F(HookFiles, InAFolderThatOthersMayWriteAreAProblem) {
  chmod(folder().c_str(), 0777);
  EXPECT_EQ(found().front().because, Because::open_to_others);
}

TEST_F(HookFiles, WithoutARunBitAreAWarning) {
  add("10-say", 0600);
  EXPECT_EQ(found().front().because, Because::not_executable);
  EXPECT_EQ(found().front().health, Health::warning);
}

TEST_F(HookFiles, OfAnotherUserAreAProblem) {
  const auto path = folder() + "/10-say";
  if (geteuid() == 0) {
    add("10-say", 0755);
    ASSERT_EQ(chown(path.c_str(), 65534, 65534), 0);
  } else {
    std::filesystem::create_symlink("/bin/true", path);
  }
  EXPECT_EQ(found().front().because, Because::foreign_owner);
}

TEST_F(HookFiles, ThatLeadNowhereAreAProblem) {
  std::filesystem::create_symlink("/nowhere", folder() + "/10-say");
  EXPECT_EQ(found().front().because, Because::unreadable);
}

TEST_F(HookFiles, AreToldUpToABound) {
  for (int number = 0; number < 100; ++number) add("hook-" + std::to_string(number), 0666);
  EXPECT_EQ(found().size(), 20u);
}

}  // namespace
}  // namespace gilir
