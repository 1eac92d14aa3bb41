#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "core/base/error.h"
#include "core/process/signal_set.h"
#include "tests/process/process_probe.h"

namespace gilir {
namespace {

using namespace test;

SpawnOptions shell(const std::string& script) {
  return {.program = "sh", .arguments = {"sh", "-c", script}};
}

Error cannot_run(const SpawnOptions& options) {
  try {
    spawn(options);
  } catch (const Error& error) {
    return error;
  }
  ADD_FAILURE() << "it ran";
  return Error(ErrorCode::failed);
}

std::string scratch_path(const std::string& name) {
  return ::testing::TempDir() + "gilir-spawn-" + std::to_string(::getpid()) + "-" + name;
}

TEST(Spawn, RunsAProgramFromThePathAndGivesItsStatus) {
  EXPECT_EQ(run(shell("echo hello; exit 3")).output, "hello\n");
  EXPECT_EQ(run(shell("exit 3")).status.shell_status(), 3);
}

TEST(Spawn, ReportsAKilledChildAsAShellDoes) {
  EXPECT_EQ(run(shell("kill -TERM $$")).status.shell_status(), 128 + SIGTERM);
}

TEST(Spawn, SaysThatThereIsNoSuchProgram) {
  const auto error = cannot_run({.program = "no-such-program", .arguments = {"no-such-program"}});
  EXPECT_EQ(error.code(), ErrorCode::cannot_run);
  EXPECT_EQ(error.text("status"), "127");
  EXPECT_EQ(error.text("command"), "no-such-program");
  EXPECT_EQ(cannot_run({.program = "/nowhere/at/all", .arguments = {"all"}}).text("status"), "127");
}

TEST(Spawn, SaysThatAFileCannotBeExecuted) {
  const auto path = scratch_path("plain");
  Descriptor(::open(path.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0644));
  const auto error = cannot_run({.program = path, .arguments = {path}});
  EXPECT_EQ(error.text("status"), "126");
  EXPECT_EQ(error.text("problem"), "Permission denied");
  std::filesystem::remove(path);
}

TEST(Spawn, RunsAnExecutableScriptWithoutAFirstLineForItAsAShellDoes) {
  const auto directory = scratch_path("scripts");
  std::filesystem::create_directory(directory);
  std::ofstream(directory + "/greet") << "echo \"$1 and $2 from ${0##*/}\"\nexit 3\n";
  ::chmod((directory + "/greet").c_str(), 0755);
  SpawnOptions options{.program = directory + "/greet", .arguments = {"greet", "sari", "budi tono"}};
  EXPECT_EQ(run(options).output, "sari and budi tono from greet\n");
  options.program = "greet";
  options.search_path = "/nowhere:" + directory;
  EXPECT_EQ(run(options).status.shell_status(), 3);
  std::filesystem::remove_all(directory);
}

TEST(Spawn, HandsNoFileOfAnotherKindToTheShell) {
  const auto path = scratch_path("binary");
  std::ofstream(path) << '\0' << "rm -rf .\n";
  ::chmod(path.c_str(), 0755);
  const auto error = cannot_run({.program = path, .arguments = {path}});
  EXPECT_EQ(error.text("status"), "126");
  EXPECT_EQ(error.text("problem"), "Exec format error");
  std::filesystem::remove(path);
}

TEST(Spawn, FindsALaterExecutableBehindOneThatMayNotBeRun) {
  const auto directory = scratch_path("directory");
  std::filesystem::create_directory(directory);
  Descriptor(::open((directory + "/true").c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0644));
  SpawnOptions options{.program = "true", .arguments = {"true"}};
  options.search_path = directory + ":" + options.search_path;
  EXPECT_EQ(run(options).status.shell_status(), 0);
  std::filesystem::remove_all(directory);
}

TEST(Spawn, SaysThatThereIsNoSuchProgramWhereAFolderOfThePathMayNotBeLookedInto) {
  const auto directory = scratch_path("closed");
  std::filesystem::create_directory(directory);
  ::chmod(directory.c_str(), 0);
  SpawnOptions options{.program = "no-such-program", .arguments = {"no-such-program"}};
  options.search_path = directory + ":" + options.search_path;
  // Nothing is closed to root: a child looks as somebody else.
  const auto child = ::fork();
  if (child == 0) {
    if (::getuid() == 0 && ::setuid(65534) != 0) ::_exit(2);
    ::_exit(cannot_run(options).text("status") == "127" ? 0 : 1);
  }
  int status = -1;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(status, 0);
  std::filesystem::remove(directory);
}

TEST(Spawn, AddsToTheEnvironmentAndReplacesInIt) {
  ::setenv("GILIR_SPAWN_TEST", "old", 1);
  auto options = shell("echo $GILIR_SPAWN_TEST $GILIR_TOKEN");
  options.environment = {"GILIR_SPAWN_TEST=new", "GILIR_TOKEN=7"};
  EXPECT_EQ(run(options).output, "new 7\n");
  ::unsetenv("GILIR_SPAWN_TEST");
}

TEST(Spawn, MovesDescriptorsEvenWhenTheySwapPlaces) {
  auto first = make_pipe();
  auto second = make_pipe();
  auto options = shell("echo to-three >&3; echo to-four >&4");
  options.descriptors = {{first.write_end.get(), 4}, {second.write_end.get(), 3}};
  spawn(options).wait();
  EXPECT_EQ(read_line(first.read_end.get()), "to-four");
  EXPECT_EQ(read_line(second.read_end.get()), "to-three");
}

// A limit on open files is one on their numbers.
TEST(Spawn, GivesAChildItsDescriptorsWhereOnlyLowNumbersAreLeft) {
  rlimit before{};
  ::getrlimit(RLIMIT_NOFILE, &before);
  auto options = shell("echo high >&9");
  auto pipe = make_pipe();
  options.descriptors = {{pipe.write_end.get(), 9}};
  const rlimit low{32, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &low), 0);
  auto child = spawn(options);
  ::setrlimit(RLIMIT_NOFILE, &before);
  pipe.write_end.reset();
  EXPECT_EQ(read_to_end(pipe.read_end.get()), "high\n");
  EXPECT_EQ(child.wait().shell_status(), 0);
}

TEST(Spawn, ClosesWhatWasNotNamedWhenAsked) {
  Descriptor leaked(::open("/dev/null", O_RDONLY));
  SpawnOptions options{.program = "ls", .arguments = {"ls", "/proc/self/fd"}};
  options.descriptors = {{-1, 0}, {2, 2}};
  options.close_others = true;
  // 3 is the directory that ls itself reads.
  EXPECT_EQ(run(options).output, "0\n1\n2\n3\n");
}

TEST(Spawn, StartsChildrenWithDefaultSignals) {
  SignalSet signals;
  const auto status = run({.program = "grep", .arguments = {"grep", "-E", "SigBlk|SigIgn", "/proc/self/status"}});
  EXPECT_EQ(status.output, "SigBlk:\t0000000000000000\nSigIgn:\t0000000000000000\n");
}

TEST(Spawn, KeepsTheChildFromRunningUntilItIsRegistered) {
  const auto marker = scratch_path("marker");
  auto options = shell("true > " + marker);
  options.own_group = true;
  options.before_exec = [&](pid_t child) {
    EXPECT_EQ(::getpgid(child), child);
    EXPECT_FALSE(std::filesystem::exists(marker));
  };
  spawn(options).wait();
  EXPECT_TRUE(std::filesystem::exists(marker));
  std::filesystem::remove(marker);
}

TEST(Spawn, EndsTheChildWhenRegisteringItFails) {
  const auto marker = scratch_path("unregistered");
  auto options = shell("true > " + marker);
  pid_t started = 0;
  options.own_session = true;
  options.before_exec = [&](pid_t child) {
    started = child;
    throw std::runtime_error("no guardian");
  };
  EXPECT_THROW(spawn(options), std::runtime_error);
  EXPECT_EQ(::kill(started, 0), -1);
  EXPECT_FALSE(std::filesystem::exists(marker));
}

TEST(Spawn, LeavesNoChildWhenTheParentIsKilledBeforeTheGateOpens) {
  const auto marker = scratch_path("orphan");
  auto pipe = make_pipe();
  SpawnOptions options{.program = PROCESS_HELPER, .arguments = {PROCESS_HELPER, "die-at-the-gate", marker}};
  options.descriptors = {{pipe.write_end.get(), 5}};
  auto parent = spawn(options);
  pipe.write_end.reset();
  EXPECT_EQ(parent.wait().shell_status(), 128 + SIGKILL);
  // The grandchild holds the other end of this pipe for as long as it lives.
  EXPECT_EQ(read_to_end(pipe.read_end.get()), "");
  EXPECT_FALSE(std::filesystem::exists(marker));
}

TEST(Child, IsKilledWithItsGroupWhenItIsDropped) {
  auto pipe = make_pipe();
  auto options = shell("sleep 100 & echo started; wait");
  options.own_group = true;
  options.descriptors = {{pipe.write_end.get(), 1}};
  {
    auto child = spawn(options);
    pipe.write_end.reset();
    EXPECT_EQ(read_line(pipe.read_end.get()), "started");
  }
  EXPECT_EQ(read_to_end(pipe.read_end.get()), "");
}

TEST(Child, ReportsAStopOnceAndThenTheEnd) {
  auto child = spawn(shell("kill -STOP $$; exit 4"));
  ChildStatus seen;
  const auto until = boot_now() + patience;
  while (seen.kind != ChildStatus::stopped && boot_now() < until) seen = child.poll();
  EXPECT_EQ(seen.value, SIGSTOP);
  EXPECT_EQ(child.poll().kind, ChildStatus::running);
  child.send_signal(SIGCONT);
  EXPECT_EQ(child.wait().shell_status(), 4);
  EXPECT_EQ(child.poll().shell_status(), 4);
}

TEST(EndGroup, KillsWhatIgnoresTheRequest) {
  auto pipe = make_pipe();
  auto options = shell("trap '' TERM; echo ready; sleep 100; sleep 100");
  options.own_group = true;
  options.descriptors = {{pipe.write_end.get(), 1}};
  auto child = spawn(options);
  pipe.write_end.reset();
  EXPECT_EQ(read_line(pipe.read_end.get()), "ready");
  end_group(child.process(), Milliseconds{50});
  EXPECT_EQ(child.wait().shell_status(), 128 + SIGKILL);
  EXPECT_EQ(read_to_end(pipe.read_end.get()), "");
  EXPECT_THROW(end_group(1, Milliseconds{0}), Error);
}

}  // namespace
}  // namespace gilir
