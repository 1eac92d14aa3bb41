// The line that a leash's shell runs, without a server: whom it looks after, and above all whom it leaves alone.
#include "core/ssh/leash.h"

#include <algorithm>
#include <csignal>

#include "tests/process/process_probe.h"
#include "tests/ssh/ssh_probe.h"

namespace gilir::test {
namespace {

// A leash's shell whose parent is this process, as it would be the reaper's child had its connection ended before it
// began; and beside it another child of the same parent, in a session of its own.
struct LeashLine : ::testing::Test {
  Pipe input = make_pipe();
  Pipe output = make_pipe();
  Child other = spawn({.program = "/bin/sleep", .arguments = {"sleep", "60"}, .own_session = true});
  Child leash = spawn({.program = "/bin/sh",
                       .arguments = {"sh", "-c", leash_line(1, 2)},
                       .descriptors = {{input.read_end.get(), 0}, {output.write_end.get(), 1}},
                       .own_session = true});

  ~LeashLine() override {
    other.send_signal(SIGKILL);
    other.wait();
  }

  void tell(const std::string& text) { write_all(input.write_end.get(), text); }
  // What it said until it ended.
  std::string end() {
    input.write_end.reset();
    leash.wait();
    output.write_end.reset();
    return read_to_end(output.read_end.get());
  }
};

TEST_F(LeashLine, TouchesNobodyWhenItWasToldToLookBeforeItHadBegun) {
  tell("look 1\nlook 1 1\n");
  const auto said = end();
  EXPECT_NE(said.find("gilir-leash none"), std::string::npos) << said;
  EXPECT_EQ(said.find("session"), std::string::npos) << said;
  EXPECT_FALSE(other.poll().over());
}

TEST_F(LeashLine, EndsTheSessionBesideItWhenWhoAnswersHasHeardIt) {
  tell("look 1 " + std::to_string(leash.process()) + "\n");
  const auto said = end();
  EXPECT_NE(said.find("gilir-leash session " + std::to_string(other.process())), std::string::npos) << said;
  EXPECT_TRUE(other.poll().over());
}

TEST_F(LeashLine, IsOneLineThatEveryShellTakes) {
  const auto line = leash_line(1, 2);
  EXPECT_EQ(line.find_first_of("\n\\!"), std::string::npos);
  EXPECT_EQ(std::count(line.begin(), line.end(), '\''), 2);
  end();
}

}  // namespace
}  // namespace gilir::test
