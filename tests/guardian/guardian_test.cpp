#include "core/guardian/guardian.h"

#include <sys/socket.h>

#include <csignal>
#include <sstream>

#include "core/base/error.h"
#include "tests/process/process_probe.h"

namespace gilir {
namespace {

using namespace test;
using std::chrono::milliseconds;

// A holder in a process of its own, with what it prints.
struct Holder {
  Holder(std::vector<std::string> arguments, int socket = -1) {
    auto to = make_pipe();
    auto from = make_pipe();
    arguments.insert(arguments.begin(), "guardian_helper");
    SpawnOptions options{.program = GUARDIAN_HELPER, .arguments = std::move(arguments)};
    options.descriptors = {{to.read_end.get(), 0}, {from.write_end.get(), 1}};
    if (socket >= 0) options.descriptors.push_back({socket, 4});
    process = spawn(options);
    input = std::move(to.write_end);
    output = std::move(from.read_end);
    started = boot_now();
    std::istringstream(read_line(output.get())) >> guardian_process >> group;
  }
  ~Holder() {
    if (group > 1) ::kill(-group, SIGKILL);
  }
  std::string next_line() { return read_line(output.get()); }

  Child process;
  Descriptor input;
  Descriptor output;
  pid_t guardian_process = 0;
  pid_t group = 0;
  BootTime started;
};

std::vector<std::string> guard_child(int term_ms, int renewals, std::vector<std::string> child = {"sleep", "1000"}) {
  std::vector<std::string> arguments{"group", std::to_string(term_ms), std::to_string(renewals), "--"};
  arguments.insert(arguments.end(), child.begin(), child.end());
  return arguments;
}

TEST(Guardian, EndsTheGroupWhenTheHolderIsKilled) {
  Holder holder(guard_child(60'000, 0));
  Watched child(holder.group);
  Watched guardian(holder.guardian_process);
  ASSERT_TRUE(child.is_alive());
  holder.process.send_signal(SIGKILL);
  EXPECT_TRUE(child.is_over_within(milliseconds{2'000}));
  EXPECT_TRUE(guardian.is_over_within(milliseconds{2'500}));
}

TEST(Guardian, KillsAGroupThatIgnoresTheRequestBeforeThePermitEnds) {
  auto words = make_pipe();
  Holder holder(guard_child(4'800, 0, {"sh", "-c", "trap '' TERM HUP; while :; do sleep 1000; done"}));
  Watched child(holder.group);
  holder.process.send_signal(SIGSTOP);
  EXPECT_TRUE(child.is_over_within(milliseconds{4'800} - (boot_now() - holder.started)));
  EXPECT_GE(boot_now() - holder.started, milliseconds{4'200});
}

TEST(Guardian, EndsTheGroupWhenTheHolderIsStoppedPastTheCut) {
  Holder holder(guard_child(1'200, -1));
  Watched child(holder.group);
  EXPECT_EQ(holder.next_line(), "renewed");
  holder.process.send_signal(SIGSTOP);
  EXPECT_TRUE(child.is_over_within(milliseconds{1'300}));
  holder.process.send_signal(SIGCONT);
  auto line = holder.next_line();
  while (line == "renewed") line = holder.next_line();
  EXPECT_EQ(line, "has_cut");
}

TEST(Guardian, EndsAGroupThatIsItselfStopped) {
  Holder holder(guard_child(60'000, 0));
  Watched child(holder.group);
  ::kill(-holder.group, SIGSTOP);
  holder.process.send_signal(SIGKILL);
  EXPECT_TRUE(child.is_over_within(milliseconds{2'000}));
}

TEST(Guardian, LetsTheGroupLiveWhileItIsRenewed) {
  Holder holder(guard_child(600, 5));
  Watched child(holder.group);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(holder.next_line(), "renewed");
  EXPECT_GE(boot_now() - holder.started, milliseconds{900});
  EXPECT_TRUE(child.is_alive());
  EXPECT_EQ(holder.next_line(), "has_cut");
  EXPECT_TRUE(child.is_over_within(milliseconds{1'000}));
}

TEST(Guardian, CutsNothingAfterDone) {
  Holder holder(guard_child(60'000, 0));
  Watched child(holder.group);
  Watched guardian(holder.guardian_process);
  write_all(holder.input.get(), "\n");
  EXPECT_EQ(holder.next_line(), "done");
  EXPECT_TRUE(guardian.is_over_within(patience));
  holder.process.wait();
  EXPECT_TRUE(child.is_alive());
}

TEST(Guardian, IsMissedByItsHolderWhenItIsKilled) {
  Holder holder(guard_child(60'000, 0));
  ::kill(holder.guardian_process, SIGKILL);
  EXPECT_EQ(holder.next_line(), "dead");
}

TEST(Guardian, IgnoresWhatATerminalSendsWhileItGuards) {
  Holder holder(guard_child(60'000, 0));
  Watched child(holder.group);
  Watched guardian(holder.guardian_process);
  for (const int signal : {SIGHUP, SIGINT, SIGTERM, SIGQUIT, SIGTSTP}) ::kill(holder.guardian_process, signal);
  EXPECT_NE(::getsid(holder.guardian_process), ::getsid(0));
  holder.process.send_signal(SIGKILL);
  EXPECT_TRUE(child.is_over_within(milliseconds{2'000}));
  EXPECT_TRUE(guardian.is_over_within(milliseconds{2'500}));
}

TEST(Guardian, HoldsNothingOpenButItsSocket) {
  Holder holder(guard_child(60'000, 0));
  const auto links =
      run({.program = "sh",
           .arguments = {"sh", "-c",
                         "ls -l /proc/" + std::to_string(holder.guardian_process) + "/fd | grep -Ec 'pipe|/tmp|log'"}});
  EXPECT_EQ(links.output, "0\n");
}

struct Connection {
  SocketPair pair = make_socket_pair(SOCK_STREAM);
  bool ends_within(Milliseconds limit) {
    char byte = 0;
    return wait_readable(pair.ours.get(), limit) && ::read(pair.ours.get(), &byte, 1) == 0;
  }
};

TEST(Guardian, ShutsTheSocketDownWhenTheHolderIsStoppedPastTheCut) {
  Connection connection;
  Holder holder({"socket", "1200", "-1"}, connection.pair.theirs.get());
  EXPECT_EQ(holder.next_line(), "renewed");
  holder.process.send_signal(SIGSTOP);
  // The holder and this test still have it open: only a shutdown can end it.
  EXPECT_TRUE(connection.ends_within(milliseconds{1'200}));
  holder.process.send_signal(SIGKILL);
}

TEST(Guardian, ShutsTheSocketDownWhenTheHolderIsKilled) {
  Connection connection;
  Holder holder({"socket", "60000", "0"}, connection.pair.theirs.get());
  holder.process.send_signal(SIGKILL);
  EXPECT_TRUE(connection.ends_within(milliseconds{1'000}));
}

TEST(Guardian, RefusesAGroupThatDoesNotExist) {
  auto guardian = Guardian::start(GUARDIAN_HELPER);
  EXPECT_THROW(guardian.guard_group(1), Error);
  EXPECT_THROW(guardian.guard_group(0x7ffffff0), Error);
  EXPECT_EQ(guardian.poll_state(), GuardianState::watching);
  guardian.done();
  EXPECT_THROW(guardian.guard_group(::getpid()), Error);
}

TEST(Guardian, SaysThatTheLockIsLostWhenTheCutCameBeforeAnythingWasGuarded) {
  auto guardian = Guardian::start(GUARDIAN_HELPER);
  guardian.set_deadline({.term = milliseconds{12}, .sent_at = boot_now()});
  ASSERT_TRUE(wait_readable(guardian.descriptor(), patience));
  try {
    guardian.guard_group(::getpid());
    FAIL() << "it guarded";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::lost);
    EXPECT_EQ(error.text("because"), "expired");
  }
}

TEST(Guardian, SaysWhenItCannotBeStarted) {
  try {
    Guardian::start("/bin/true");
    FAIL() << "it started";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::cannot_run);
    EXPECT_EQ(error.text("problem"), "the guardian did not start");
  }
}

}  // namespace
}  // namespace gilir
