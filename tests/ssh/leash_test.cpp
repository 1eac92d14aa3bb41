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
  Child leash = start("/bin/sh", leash_line(1, 2), {});

  ~LeashLine() override {
    other.send_signal(SIGKILL);
    other.wait();
  }

  Child start(const std::string& shell, const std::string& line, const std::vector<std::string>& more_environment) {
    return spawn({.program = shell,
                  .arguments = {"sh", "-c", line},
                  .environment = more_environment,
                  .descriptors = {{input.read_end.get(), 0}, {output.write_end.get(), 1}},
                  .own_session = true});
  }

  std::string number() const { return std::to_string(leash.process()); }
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
  tell("look 1 " + number() + "\nend 0 " + number() + "\n");
  const auto said = end();
  EXPECT_NE(said.find("gilir-leash session " + std::to_string(other.process())), std::string::npos) << said;
  EXPECT_TRUE(other.poll().over());
}

// As where sshd closes a channel that nothing goes through (ChannelTimeout).
TEST_F(LeashLine, EndsNobodyWhenOnlyItsInputEndsAndTheConnectionStands) {
  tell("look 1 " + number() + "\n");
  input.write_end.reset();
  EXPECT_FALSE(Watched(leash.process()).is_over_within(Milliseconds{1500}));
  EXPECT_FALSE(other.poll().over());
  leash.send_signal(SIGKILL);
  leash.wait();
}

// bash takes TMOUT for how long every read may take; here it stands where other systems have it as their sh.
TEST_F(LeashLine, EndsNobodyWhenTheShellsReadTimesOut) {
  leash.send_signal(SIGKILL);
  leash.wait();
  auto line = leash_line(1, 2);
  const std::string shell = "/bin/sh";
  line.replace(line.find(shell), shell.size(), "/bin/bash --posix");
  leash = start("/bin/bash", line, {"TMOUT=1"});
  tell("look 1 " + number() + "\n");
  EXPECT_FALSE(Watched(leash.process()).is_over_within(Milliseconds{2500}));
  EXPECT_FALSE(other.poll().over());
  tell("end 0 " + number() + "\n");
  const auto said = end();
  EXPECT_NE(said.find("gilir-leash over"), std::string::npos) << said;
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
