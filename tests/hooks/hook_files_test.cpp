#include "core/hooks/hook_files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "tests/fakes/temporary_directory.h"

namespace gilir {
namespace {

class HookFilesTest : public testing::Test {
 protected:
  void add(const std::string& name, mode_t mode = 0755) {
    const auto path = desk_.file("hooks/" + name);
    const auto folder = std::filesystem::path(path).parent_path();
    std::filesystem::create_directories(folder);
    for (const auto& one : {folder, folder.parent_path()}) chmod(one.c_str(), 0755);
    std::ofstream(path) << "#!/bin/sh\n";
    chmod(path.c_str(), mode);
  }
  std::string names_for(std::string_view event) {
    std::string names;
    for (const auto& hook : find_hooks(desk_.path()).for_event(event)) names += (names.empty() ? "" : " ") + hook.name;
    return names;
  }
  std::vector<HookProblem> problems() { return find_hooks(desk_.path()).problems; }

  TemporaryDirectory desk_;
};

TEST_F(HookFilesTest, AreNoneWithoutADirectory) {
  EXPECT_EQ(names_for("ticket.filed"), "");
  EXPECT_TRUE(problems().empty());
}

TEST_F(HookFilesTest, RunByNameTheEventsOwnFirst) {
  for (const auto* name : {"all.d/a", "ticket.filed.d/z", "ticket.filed.d/b", "ticket.noted.d/n"}) add(name);
  EXPECT_EQ(names_for("ticket.filed"), "ticket.filed.d/b ticket.filed.d/z all.d/a");
  EXPECT_EQ(names_for("lock.granted"), "all.d/a");
}

TEST_F(HookFilesTest, AreNotTheirSettings) {
  for (const auto* name : {"all.d/hook.conf", "all.d/hook.secret", "all.d/.swp", "all.d/hook~"}) add(name, 0600);
  EXPECT_EQ(names_for("ticket.filed"), "");
  EXPECT_TRUE(problems().empty());
}

TEST_F(HookFilesTest, ThatMayNotRunAreTold) {
  add("all.d/open", 0777);
  add("all.d/plain", 0644);
  add("ticket.file.d/hook");
  EXPECT_EQ(names_for("ticket.filed"), "");
  const std::vector<HookProblem> expected{
      {"all.d/open", "writable_by_others"}, {"all.d/plain", "not_executable"}, {"ticket.file.d", "no_such_event"}};
  EXPECT_EQ(problems(), expected);
}

TEST_F(HookFilesTest, OfADirectoryThatOthersMayWriteAreAllRefused) {
  add("all.d/hook");
  chmod(desk_.file("hooks").c_str(), 0777);
  EXPECT_EQ(names_for("ticket.filed"), "");
  const std::vector<HookProblem> expected{{".", "writable_by_others"}};
  EXPECT_EQ(problems(), expected);
}

TEST_F(HookFilesTest, PastTheBoundAreRefused) {
  for (std::size_t i = 0; i <= most_hooks_in_a_folder; ++i) add("all.d/hook-" + std::to_string(100 + i));
  EXPECT_EQ(find_hooks(desk_.path()).for_event("ticket.filed").size(), most_hooks_in_a_folder);
  const std::vector<HookProblem> expected{{"all.d", "too_many"}};
  EXPECT_EQ(problems(), expected);
}

}  // namespace
}  // namespace gilir
