#include "core/process/process_group.h"

#include <csignal>
#include <thread>

#include "tests/process/process_probe.h"

namespace gilir {
namespace {

using namespace test;

// A shell in a group of its own, whose output comes through a pipe that ends with the last of the group.
class Program {
 public:
  explicit Program(const std::string& script, std::vector<std::string> environment = {}) {
    auto pipe = make_pipe();
    SpawnOptions options{.program = "sh", .arguments = {"sh", "-c", script}};
    options.own_group = true;
    options.environment = std::move(environment);
    options.descriptors = {{pipe.write_end.get(), 1}};
    child_ = spawn(options);
    output_ = std::move(pipe.read_end);
    group_ = {child_.process(), start_of_process(child_.process())};
  }
  ~Program() {
    if (is_alive(group_)) ::kill(static_cast<pid_t>(-group_.number), SIGKILL);
  }

  const ProcessGroup& group() const { return group_; }
  Child& child() { return child_; }
  std::string says() { return read_line(output_.get()); }
  // Nobody holds the pipe any more.
  void ends() { read_to_end(output_.get()); }
  // What it wrote to is closed a moment before it is gone.
  bool is_gone_soon() {
    const auto until = boot_now() + Seconds{10};
    while (is_alive(group_) && boot_now() < until) std::this_thread::yield();
    return !is_alive(group_);
  }

 private:
  Child child_;
  Descriptor output_;
  ProcessGroup group_;
};

TEST(Descent, IsFromOneselfAndFromThoseWhoStartedUs) {
  EXPECT_TRUE(descends_from(::getpid()));
  EXPECT_TRUE(descends_from(::getppid()));
  const Program program("echo in; exec sleep 100");
  EXPECT_FALSE(descends_from(program.group().number));
  EXPECT_FALSE(descends_from(0));
}

TEST(ProcessGroup, IsFoundAliveUntilItEnds) {
  Program program("echo in; exec sleep 100");
  program.says();
  EXPECT_TRUE(is_alive(program.group()));
  EXPECT_TRUE(signal_group(program.group(), SIGTERM, {"GILIR_HOLD", "1"}));
  program.child().wait();
  EXPECT_FALSE(is_alive(program.group()));
  EXPECT_FALSE(signal_group(program.group(), SIGTERM, {"GILIR_HOLD", "1"}));
}

TEST(ProcessGroup, IsGoneWhenNothingButARemainIsLeftThatNobodyTookAway) {
  Program program("exit 0");
  program.ends();
  siginfo_t ended{};
  ASSERT_EQ(::waitid(P_PID, static_cast<id_t>(program.group().number), &ended, WEXITED | WNOWAIT), 0);
  EXPECT_FALSE(is_alive(program.group()));
  EXPECT_EQ(start_of_process(program.group().number), 0);
}

TEST(ProcessGroup, LivesOnWithoutItsLeader) {
  Program program("sleep 100 & echo left; exit 0", {"GILIR_HOLD=16 17"});
  program.says();
  program.child().wait();
  EXPECT_TRUE(is_alive(program.group()));
  // That it is the group that was meant, its environment tells.
  EXPECT_FALSE(signal_group(program.group(), SIGTERM, {"GILIR_HOLD", "7"}));
  EXPECT_TRUE(is_alive(program.group()));
  EXPECT_TRUE(signal_group(program.group(), SIGTERM, {"GILIR_HOLD", "17"}));
  program.ends();
  EXPECT_TRUE(program.is_gone_soon());
}

TEST(ProcessGroup, IsNotTakenForALaterOneOfTheSameNumber) {
  Program program("echo in; exec sleep 100");
  program.says();
  const ProcessGroup earlier{program.group().number, program.group().leader_start - 1};
  EXPECT_FALSE(is_alive(earlier));
  EXPECT_FALSE(signal_group(earlier, SIGKILL, {"GILIR_HOLD", "1"}));
  EXPECT_TRUE(is_alive(program.group()));
}

TEST(ProcessGroup, IsTakenAsEndedWhenItsLastProcessIsKilled) {
  Program program("sleep 100 | sleep 100 & trap '' TERM; echo in; wait; sleep 100");
  program.says();
  signal_group(program.group(), SIGKILL, {"GILIR_HOLD", "1"});
  program.child().wait();
  program.ends();
  EXPECT_TRUE(program.is_gone_soon());
}

TEST(ProcessWorld, IsTheSameForAllProcessesOfABoot) {
  EXPECT_NE(process_world(), "");
  EXPECT_NE(start_of_process(::getpid()), 0);
}

TEST(Launch, RunsItsProgramWithWhatBecameKnownMeanwhile) {
  auto pipe = make_pipe();
  SpawnOptions options{.program = "sh", .arguments = {"sh", "-c", "echo $GILIR_TOKEN $GILIR_SERVER"}};
  options.own_group = true;
  options.environment = {"GILIR_TOKEN=old"};
  options.descriptors = {{pipe.write_end.get(), 1}};
  Launch launch(options);
  EXPECT_EQ(::getpgid(launch.process()), launch.process());
  auto child = launch.run({"GILIR_TOKEN=17", "GILIR_SERVER=kantor-123 gudang-7"});
  pipe.write_end.reset();
  EXPECT_EQ(read_line(pipe.read_end.get()), "17 kantor-123 gudang-7");
  EXPECT_EQ(child.wait().shell_status(), 0);
}

TEST(Launch, LeavesNothingWhenItIsNotRun) {
  pid_t process = 0;
  {
    Launch launch({.program = "sleep", .arguments = {"sleep", "100"}, .own_group = true});
    process = launch.process();
    EXPECT_NE(start_of_process(process), 0);
  }
  EXPECT_EQ(start_of_process(process), 0);
}

TEST(Spawn, EndsAChildWhoseParentIsKilled) {
  auto pipe = make_pipe();
  SpawnOptions options{.program = PROCESS_HELPER, .arguments = {PROCESS_HELPER, "die-beside-its-child"}};
  options.descriptors = {{pipe.write_end.get(), 5}};
  auto parent = spawn(options);
  pipe.write_end.reset();
  EXPECT_EQ(parent.wait().shell_status(), 128 + SIGKILL);
  // The grandchild holds the other end of this pipe for as long as it lives.
  EXPECT_EQ(read_to_end(pipe.read_end.get()), "");
}

}  // namespace
}  // namespace gilir
