#include <fcntl.h>

#include <csignal>

#include "tests/ssh/helper_process.h"
#include "tests/ssh/ssh_probe.h"

namespace gilir {
namespace {

using namespace test;
using namespace std::chrono_literals;

using Session = SshTest;

TEST_F(Session, GivesTheRemoteStatusAndKeepsErrorOutputApart) {
  const auto outcome = run_command("echo out; echo err >&2; exit 7");
  EXPECT_EQ(outcome.result.status, 7);
  EXPECT_EQ(outcome.output, "out\n");
  EXPECT_EQ(outcome.error_output, "err\n");
  EXPECT_EQ(outcome.result.bytes_received, 8u);
  EXPECT_EQ(shell_status(outcome.result), 7);
}

TEST_F(Session, ReportsARemoteCommandThatWasKilled) {
  const auto outcome = run_command("kill -KILL $$");
  EXPECT_EQ(outcome.result.status, std::nullopt);
  EXPECT_EQ(outcome.result.remote_signal, "KILL");
  EXPECT_EQ(shell_status(outcome.result), 128 + SIGKILL);
}

TEST(ShellStatus, IsNeverZeroForAStatusThatIsWider) {
  EXPECT_EQ(shell_status({.status = 0}), 0);
  EXPECT_EQ(shell_status({.status = 255}), 255);
  EXPECT_EQ(shell_status({.status = 256}), 255);
  EXPECT_EQ(shell_status({.status = -1073741312}), 255);
}

TEST(ShellStatus, TellsOfALostConnectionThoughTheStatusCameBefore) {
  EXPECT_EQ(shell_status({.status = 0, .connection_lost = true}), 255);
}

TEST_F(Session, PassesInputAndItsEndOn) {
  const auto outcome = run_command("wc -c; echo done", "twelve bytes");
  EXPECT_EQ(outcome.output, "12\ndone\n");
  EXPECT_EQ(outcome.result.bytes_sent, 12u);
}

TEST_F(Session, RunsSeveralSessionsOnOneConnection) {
  Supervision supervision(around.control, around.signals, nullptr);
  auto session = open(supervision);
  for (int i = 0; i < 3; ++i) {
    const auto output = scratch_file("");
    SessionRequest request{.command = "echo again", .standard_output = output.get(), .send_input = false};
    EXPECT_EQ(run_session(session, request, supervision).status, 0);
    EXPECT_EQ(contents(output.get()), "again\n");
  }
  EXPECT_TRUE(session.close_and_confirm());
}

std::string many_bytes(std::size_t count) {
  std::string bytes(count, '\0');
  std::uint64_t state = 88172645463325252ULL;
  for (auto& byte : bytes) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    byte = static_cast<char>(state);
  }
  return bytes;
}

TEST_F(Session, CarriesTwentyMegabytesBothWaysIntact) {
  const auto bytes = many_bytes(20 << 20);
  const auto outcome = run_command("cat", bytes);
  EXPECT_EQ(outcome.result.status, 0);
  EXPECT_TRUE(outcome.output == bytes);
  EXPECT_EQ(outcome.result.bytes_sent, bytes.size());
  EXPECT_EQ(outcome.result.bytes_received, bytes.size());
}

TEST_F(Session, KeepsOutputAndErrorOutputInOrderWhenBothAreLong) {
  const auto outcome = run_command("seq 1 200000 | tee /dev/stderr");
  EXPECT_EQ(outcome.output.size(), 1288895u);
  EXPECT_TRUE(outcome.output == outcome.error_output);
}

TEST_F(Session, ServesASlowReaderWithoutLosingAnything) {
  auto helper = start_helper(server, {"0", "once", "plain", "seq 1 300000"});
  ::fcntl(helper.output.get(), F_SETPIPE_SZ, 4096);
  std::string text;
  char part[3000];
  for (ssize_t got = 0; (got = ::read(helper.output.get(), part, sizeof part)) > 0;) {
    text.append(part, static_cast<std::size_t>(got));
  }
  EXPECT_EQ(text.size(), 1988895u);
  EXPECT_TRUE(text.ends_with("\n299999\n300000\n"));
  EXPECT_EQ(helper.process.wait().shell_status(), 0);
}

TEST_F(Session, EndsWhenTheReaderOfItsOutputGoes) {
  auto helper = start_helper(server, {"0", "once", "plain", "yes"});
  EXPECT_EQ(read_line(helper.output.get()), "y");
  helper.output.reset();
  EXPECT_EQ(helper.process.wait().shell_status(), 128 + SIGPIPE);
}

TEST_F(Session, EndsTheRemoteCommandOnALocalSignal) {
  auto helper = start_helper(server, {"0", "once", "plain", "echo ready; exec sleep 1000"});
  EXPECT_EQ(read_line(helper.output.get()), "ready");
  helper.process.send_signal(SIGINT);
  EXPECT_EQ(helper.process.wait().shell_status(), 128 + SIGINT);
  EXPECT_EQ(read_to_end(helper.error_output.get()), "");
}

// Types a line and reads its echo again and again.
void type(const HelperProcess& helper, Milliseconds limit, const std::function<bool()>& is_enough) {
  const auto until = boot_now() + limit;
  while (!is_enough() && boot_now() < until) {
    write_all(helper.input.get(), "t\n");
    EXPECT_EQ(read_line(helper.output.get()), "t");
    ::poll(nullptr, 0, 20);
  }
}

// Nothing goes through its channel, which runs a command; the session's own runs a shell.
void type_until_the_leash_is_closed(const HelperProcess& helper, const PrivateServer& server) {
  const auto is_closed = [&] {
    return server.log().find("closing after 1 seconds of inactivity") != std::string::npos;
  };
  type(helper, patience, is_closed);
  EXPECT_TRUE(is_closed());
}

TEST_F(Session, EndsNoWorkWhereTheServerClosesQuietChannels) {
  PrivateServer other({.configuration = "ChannelTimeout session:command=1"});
  auto helper = start_helper(other, {"0", "once", "leashed"});
  write_all(helper.input.get(), "echo ready; while read -r l; do echo $l; done; echo done\n");
  EXPECT_EQ(read_line(helper.output.get()), "ready");
  type_until_the_leash_is_closed(helper, other);
  // As long as a leash takes to end a session.
  type(helper, 1500ms, [] { return false; });
  helper.input.reset();
  EXPECT_EQ(read_to_end(helper.output.get()), "done\n");
  EXPECT_EQ(helper.process.wait().shell_status(), 0);
}

TEST_F(Session, LeavesNoWorkBehindWhereTheServerClosesQuietChannels) {
  PrivateServer other({.configuration = "ChannelTimeout session:command=1"});
  auto helper = start_helper(other, {"0", "once", "leashed"});
  write_all(helper.input.get(),
            "trap '' HUP PIPE; echo $$; while read -r l; do echo $l; done; while :; do sleep .1; done\n");
  const Watched work(std::stoi(read_line(helper.output.get())));
  type_until_the_leash_is_closed(helper, other);
  EXPECT_TRUE(work.is_alive());
  helper.process.send_signal(SIGKILL);
  EXPECT_TRUE(work.is_over_within(patience));
  helper.process.wait();
}

// A server that is told how each session ends.
struct EndingServer {
  explicit EndingServer(const std::string& word) {
    auto given = make_pipe();
    auto told = make_pipe();
    process = spawn({.program = ENDING_SERVER,
                     .arguments = {"ending_server", word},
                     .descriptors = {{given.read_end.get(), 0}, {told.write_end.get(), 1}}});
    input = std::move(given.write_end);
    target.port = static_cast<std::uint16_t>(std::stoi(read_line(told.read_end.get())));
    target.host_key = read_line(told.read_end.get());
  }
  ~EndingServer() {
    input.reset();
    process.wait();
  }
  EndingServer(const EndingServer&) = delete;
  EndingServer& operator=(const EndingServer&) = delete;

  Child process;
  Descriptor input;
  SshTarget target{.server = "kantor-123", .host = "127.0.0.1", .user = "sari"};
};

TEST_F(Session, IsNotOverBecauseTheNextWasNotBegun) {
  const EndingServer ending("");
  Supervision supervision(around.control, around.signals, nullptr);
  auto session = SshSession::open(ending.target, {}, around.limits, supervision);
  EXPECT_TRUE(session.work_is_over());
  EXPECT_THROW(run_session(session, {.command = "refused", .send_input = false}, supervision), Error);
  EXPECT_TRUE(session.work_is_over());
  EXPECT_FALSE(run_session(session, {.command = "true", .send_input = false}, supervision).is_over);
  EXPECT_FALSE(session.work_is_over());
  EXPECT_THROW(run_session(session, {.command = "refused", .send_input = false}, supervision), Error);
  EXPECT_FALSE(session.work_is_over());
}

TEST_F(Session, KnowsTheServersLastWords) {
  const EndingServer ending("goodbye:Idle timeout, good bye");
  Supervision supervision(around.control, around.signals, nullptr);
  auto session = SshSession::open(ending.target, {}, around.limits, supervision);
  const auto result = run_session(session, {.command = "true", .send_input = false}, supervision);
  EXPECT_EQ(result.last_words, "Idle timeout, good bye");
  EXPECT_EQ(shell_status(result), 255);
}

TEST_F(Session, GoesOnBehindAVariableThatTheServerRefuses) {
  PrivateServer other({.configuration = "AcceptEnv LC_*"});
  Supervision supervision(around.control, around.signals, nullptr);
  auto session = SshSession::open(other.target(), other.credentials(), around.limits, supervision);
  const auto output = scratch_file("");
  SessionRequest request{.command = "echo ${LANG-none} $LC_TIME ${COLORTERM-none}",
                         .environment = {{"LANG", "id_ID"}, {"LC_TIME", "C"}, {"COLORTERM", "truecolor"}},
                         .standard_output = output.get(),
                         .send_input = false};
  EXPECT_EQ(run_session(session, request, supervision).status, 0);
  EXPECT_EQ(contents(output.get()), "none C none\n");
  EXPECT_TRUE(session.close_and_confirm());
}

TEST_F(Session, GoesOnWithoutATerminalThatTheServerRefuses) {
  PrivateServer other({.configuration = "PermitTTY no"});
  Supervision supervision(around.control, around.signals, nullptr);
  auto session = SshSession::open(other.target(), other.credentials(), around.limits, supervision);
  const auto output = scratch_file("");
  bool was_told = false;
  SessionRequest request{.command = "test -t 0 || echo without",
                         .terminal = true,
                         .hear_no_terminal = [&] { was_told = true; },
                         .standard_output = output.get(),
                         .send_input = false};
  EXPECT_EQ(run_session(session, request, supervision).status, 0);
  EXPECT_EQ(contents(output.get()), "without\n");
  EXPECT_TRUE(was_told);
  EXPECT_TRUE(session.close_and_confirm());
}

TEST_F(Session, NoticesThatTheServerHungUp) {
  PrivateServer other;
  auto helper = start_helper(other, {"0", "once", "plain", "echo $PPID; sleep 1000"});
  const auto server_side = std::stoi(read_line(helper.output.get()));
  ::kill(server_side, SIGKILL);
  EXPECT_EQ(helper.process.wait().shell_status(), 255);
}

TEST_F(Session, IsCutWhenThePermitEnds) {
  around.control.on_tick = [term = Permit{3s, boot_now()}] { return Instruction{.permit = term}; };
  const auto started = boot_now();
  const auto outcome = run_command("echo before; sleep 1000");
  EXPECT_EQ(outcome.result.ending, Ending::expired);
  EXPECT_EQ(outcome.output, "before\n");
  EXPECT_FALSE(outcome.was_confirmed);
  EXPECT_GE(boot_now() - started, 2'700ms);
  EXPECT_LT(boot_now() - started, 3s);
}

TEST_F(Session, ForwardsNoInputFromTheFreezeOn) {
  // The permit is frozen from the start of the session, and is cut before it is renewed.
  auto typed = make_pipe();
  write_all(typed.write_end.get(), "too late\n");
  const auto output = scratch_file("");
  bool frozen = false;
  around.control.on_tick = [&] {
    return Instruction{.permit = frozen ? Permit{1'200ms, boot_now() - 1'010ms} : Permit{60s, boot_now()},
                       .next_tick = boot_now() + (frozen ? 20ms : 100s)};
  };
  Supervision supervision(around.control, around.signals, nullptr);
  auto session = open(supervision);
  frozen = true;
  Supervision late(around.control, around.signals, nullptr);
  SessionRequest request{.command = "timeout 0.3 cat", .standard_input = typed.read_end.get()};
  request.standard_output = output.get();
  const auto result = run_session(session, request, late);
  EXPECT_EQ(result.bytes_sent, 0u);
  EXPECT_EQ(contents(output.get()), "");
}

TEST_F(Session, LeavesAtOnceWhenTheLeaseIsLostInTimeToSayGoodbye) {
  int ticks = 0;
  around.control.on_tick = [&] {
    if (ticks++ == 0) return Instruction{.permit = Permit{60s, boot_now()}, .next_tick = boot_now() + 300ms};
    return Instruction{.lost = true, .because = "stolen", .notices = {"sari took the lock"}};
  };
  const auto outcome = run_command("sleep 1000");
  EXPECT_EQ(outcome.result.ending, Ending::lost);
  EXPECT_EQ(outcome.result.because, "stolen");
  EXPECT_EQ(outcome.error_output, "sari took the lock\n");
  EXPECT_TRUE(outcome.was_confirmed);
}

TEST_F(Session, OutlivesManyPermitsWhileTheyAreRenewed) {
  auto helper = start_helper(server, {"600", "renewed", "plain", "sleep 1.5; echo survived"});
  EXPECT_EQ(read_to_end(helper.output.get()), "survived\n");
  EXPECT_EQ(helper.process.wait().shell_status(), 0);
}

TEST_F(Session, LeavesTheServerWhenItsProcessIsKilled) {
  PrivateServer other;
  auto helper = start_helper(other, {"60000", "renewed", "plain", "echo ready; cat"});
  EXPECT_EQ(read_line(helper.output.get()), "ready");
  helper.process.send_signal(SIGKILL);
  EXPECT_TRUE(log_shows(other, "Close session: user", 2s)) << other.log();
}

TEST_F(Session, LeavesTheServerWhenItsProcessIsStoppedPastTheCut) {
  PrivateServer other;
  auto helper = start_helper(other, {"3000", "renewed", "plain", "echo ready; cat"});
  EXPECT_EQ(read_line(helper.output.get()), "ready");
  helper.process.send_signal(SIGSTOP);
  EXPECT_TRUE(log_shows(other, "Close session: user", 3s)) << other.log();
  helper.process.send_signal(SIGCONT);
  EXPECT_EQ(read_to_end(helper.error_output.get()), "ended: expired\nnot confirmed\n");
}

}  // namespace
}  // namespace gilir
