// Who may look into a desk's directory.
#include "core/health/desk_files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "tests/fakes/temporary_directory.h"

namespace gilir {
namespace {

class DeskFiles : public testing::Test {
 protected:
  DeskFiles() { mkdir(desk().c_str(), 0700); }
  std::string desk() const { return directory_.file("desk"); }
  Finding found() const { return check_desk_files(desk()).front(); }

  TemporaryDirectory directory_;
};

TEST_F(DeskFiles, AreGoodInAPrivateDirectoryOfThisMachine) {
  const auto findings = check_desk_files(desk());
  ASSERT_EQ(findings.size(), 2u);
  EXPECT_EQ(findings[0].health, Health::ok);
  EXPECT_EQ(findings[1].check, Check::file_system);
  EXPECT_EQ(findings[1].health, Health::ok);
}

TEST_F(DeskFiles, AreAProblemWhereGroupOrWorldMayEnter) {
  for (const mode_t mode : {mode_t{0750}, mode_t{0701}, mode_t{0720}, mode_t{0777}}) {
    chmod(desk().c_str(), mode);
    EXPECT_EQ(found().because, Because::open_to_others) << mode;
    EXPECT_EQ(found().health, Health::problem);
  }
  EXPECT_EQ(found().fact, "0777");
}

TEST_F(DeskFiles, AreAProblemWhenTheOwnerMayNotWriteThere) {
  chmod(desk().c_str(), 0500);
  EXPECT_EQ(found().because, Because::unreadable);
  EXPECT_EQ(found().fact, "0500");
}

TEST_F(DeskFiles, AreMissingOrNoDirectory) {
  EXPECT_EQ(check_desk_files(directory_.file("none")).front().because, Because::missing);
  std::ofstream(directory_.file("file")) << "x";
  EXPECT_EQ(check_desk_files(directory_.file("file")).front().because, Because::not_a_directory);
  EXPECT_EQ(check_desk_files(directory_.file("file") + "/desk").front().because, Because::missing);
}

TEST_F(DeskFiles, AreClosedToOthersWhereADeskLies) {
  std::ofstream(desk() + "/desk.db") << "x";
  chmod(desk().c_str(), 0775);
  EXPECT_TRUE(close_to_others(desk()));
  EXPECT_EQ(found().because, Because::fine);
  EXPECT_FALSE(close_to_others(desk()));
}

TEST_F(DeskFiles, LeaveADirectoryWithoutADeskOfOursOpenToWhomItIs) {
  const auto stays_open = [&] {
    chmod(desk().c_str(), 0775);
    EXPECT_FALSE(close_to_others(desk()));
    EXPECT_EQ(found().because, Because::open_to_others);
  };
  stays_open();
  std::ofstream(directory_.file("elsewhere")) << "x";
  ASSERT_EQ(symlink(directory_.file("elsewhere").c_str(), (desk() + "/desk.db").c_str()), 0);
  stays_open();
  unlink((desk() + "/desk.db").c_str());
  mkdir((desk() + "/desk.db").c_str(), 0700);
  stays_open();
}

TEST_F(DeskFiles, OfAnotherUserAreAProblem) {
  // Root makes one; everybody else finds one of root's.
  const bool is_root = geteuid() == 0;
  if (is_root) {
    std::ofstream(desk() + "/desk.db") << "x";
    ASSERT_EQ(chown((desk() + "/desk.db").c_str(), 65534, 65534), 0);
  }
  const auto finding = check_desk_files(is_root ? desk() : "/usr").front();
  EXPECT_EQ(finding.because, Because::foreign_owner);
  EXPECT_EQ(finding.fact, is_root ? "65534" : "0");
}

}  // namespace
}  // namespace gilir
