#include "core/process/program_file.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "tests/fakes/temporary_directory.h"

namespace gilir {
namespace {

class ProgramFile : public testing::Test {
 protected:
  std::string file(const std::string& name, mode_t mode) {
    const auto path = directory_.file(name);
    std::ofstream(path) << "#!/bin/sh\n";
    chmod(path.c_str(), mode);
    return path;
  }
  static std::optional<ProgramProblem> problem(const std::string& path) { return program_problem(path, geteuid()); }

  TemporaryDirectory directory_;
};

TEST_F(ProgramFile, OfItsOwnerMayBeRun) {
  EXPECT_EQ(problem(file("program", 0755)), std::nullopt);
  EXPECT_EQ(problem(file("private", 0700)), std::nullopt);
}

TEST_F(ProgramFile, OfRootMayBeRunByAnybody) {
  EXPECT_EQ(program_problem("/bin/sh", 12345), std::nullopt);
}

TEST_F(ProgramFile, OfSomebodyElseIsRefused) {
  if (geteuid() == 0) {
    const auto path = file("foreign", 0755);
    ASSERT_EQ(chown(path.c_str(), 65534, 65534), 0);
    EXPECT_EQ(program_problem(path, 0), ProgramProblem::foreign_owner);
  } else {
    EXPECT_EQ(program_problem(file("mine", 0755), geteuid() + 1), ProgramProblem::foreign_owner);
  }
}

TEST_F(ProgramFile, ThatOthersMayWriteIsRefused) {
  EXPECT_EQ(problem(file("group", 0775)), ProgramProblem::writable_by_others);
  EXPECT_EQ(problem(file("all", 0757)), ProgramProblem::writable_by_others);
  chmod(directory_.path().c_str(), 0777);
  EXPECT_EQ(directory_problem(directory_.path(), geteuid()), ProgramProblem::writable_by_others);
}

TEST_F(ProgramFile, WithoutARunBitIsRefusedAlsoForRoot) {
  EXPECT_EQ(problem(file("text", 0644)), ProgramProblem::not_executable);
}

TEST_F(ProgramFile, IsWhatALinkPointsTo) {
  ASSERT_EQ(symlink(file("text", 0644).c_str(), directory_.file("link").c_str()), 0);
  EXPECT_EQ(problem(directory_.file("link")), ProgramProblem::not_executable);
  ASSERT_EQ(symlink("nowhere", directory_.file("dangling").c_str()), 0);
  EXPECT_EQ(problem(directory_.file("dangling")), ProgramProblem::unreadable);
}

TEST_F(ProgramFile, IsNoDirectory) {
  EXPECT_EQ(problem(directory_.path()), ProgramProblem::not_a_file);
  EXPECT_EQ(directory_problem(file("program", 0755), geteuid()), ProgramProblem::not_a_file);
}

}  // namespace
}  // namespace gilir
