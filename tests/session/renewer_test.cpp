#include "core/session/renewer.h"

#include <gtest/gtest.h>
#include <poll.h>

#include <cerrno>
#include <csignal>

#include "core/desk/local_desk.h"
#include "core/operations/lock/acquire.h"
#include "core/operations/lock/session.h"
#include "core/operations/lock/show.h"
#include "core/operations/server/add.h"
#include "core/process/boot_timer.h"
#include "tests/fakes/temporary_directory.h"

namespace gilir {
namespace {

using namespace std::chrono_literals;

constexpr Milliseconds patience{20'000};
constexpr Milliseconds term{2'000};

// A real desk and a hold at a server with the shortest term, for a process of gilir's own.
struct RenewerTest : testing::Test {
  RenewerTest() {
    LocalDesk::make({path(), nullptr}, clock, {"test desk", AgentName{"ani"}});
    desk = std::make_unique<LocalDesk>(LocalDeskOptions{path(), nullptr}, clock);
    AddServer server;
    server.name = ServerName{"kantor-123"};
    server.host = "127.0.0.1";
    server.term_s = term;
    server.lock_delay_s = Milliseconds{0};
    desk->perform(call, server);
    AcquireLock operation;
    operation.servers = {server.name};
    operation.kind = HoldKind::kept;
    operation.reason = "test";
    granted_at = boot_now();
    lease = desk->perform(call, operation).result.leases.front();
  }

  std::string path() const { return directory.file("desk"); }
  Renewer start() {
    return Renewer::start(GILIR, {path(), call.caller, {{lease.server, lease.hold, lease.lease, lease.token}}});
  }
  static bool is_readable(const Renewer& renewer, Milliseconds within) {
    pollfd watched{.fd = renewer.descriptor(), .events = POLLIN, .revents = 0};
    return ::poll(&watched, 1, static_cast<int>(within.count())) == 1;
  }
  static RenewalAnswer answer_of(Renewer& renewer) {
    EXPECT_TRUE(is_readable(renewer, patience));
    auto answer = renewer.take_answer();
    EXPECT_TRUE(answer);
    return answer.value_or(RenewalAnswer{});
  }
  bool is_held() { return !desk->perform(call, ShowLock{lease.server}).result.holders.empty(); }

  TemporaryDirectory directory;
  SystemClock clock;
  std::unique_ptr<LocalDesk> desk;
  Call call{AgentName{"ani"}};
  LeaseView lease;
  BootTime granted_at{};
};

TEST_F(RenewerTest, RenewsOnceForARequestAndCountsFromBeforeIt) {
  auto renewer = start();
  const auto asked_at = boot_now();
  renewer.ask({asked_at, asked_at + patience});
  EXPECT_TRUE(renewer.is_busy());
  const auto answer = answer_of(renewer);
  EXPECT_FALSE(answer.error);
  EXPECT_EQ(answer.asked_at, asked_at);
  ASSERT_EQ(answer.renewed.holds.size(), 1u);
  EXPECT_EQ(answer.renewed.holds.front().expires_in_s, term);
  EXPECT_FALSE(renewer.is_busy());
}

TEST_F(RenewerTest, RenewsNothingWithoutASignOfLife) {
  auto renewer = start();
  const auto asked_at = boot_now();
  renewer.ask({asked_at, asked_at + patience});
  EXPECT_FALSE(answer_of(renewer).error);
  const auto until = boot_now() + patience;
  while (is_held() && boot_now() < until) ::poll(nullptr, 0, 20);
  EXPECT_FALSE(is_held());
  EXPECT_GE(boot_now() - asked_at, term - 100ms);
  EXPECT_FALSE(is_readable(renewer, 0ms));
}

TEST_F(RenewerTest, RefusesARequestThatItReadsAfterTheCut) {
  auto renewer = start();
  ::kill(renewer.process(), SIGSTOP);
  const auto asked_at = boot_now();
  renewer.ask({asked_at, asked_at + 100ms});
  ::poll(nullptr, 0, 150);
  ::kill(renewer.process(), SIGCONT);
  const auto answer = answer_of(renewer);
  ASSERT_TRUE(answer.error);
  EXPECT_EQ(answer.error->code(), ErrorCode::failed);
}

TEST_F(RenewerTest, TellsWhyThereIsNothingToRenew) {
  EndSession end;
  end.holds = {{lease.server, lease.hold}};
  end.kind = "ssh";
  end.closed = true;
  desk->perform(call, end);
  auto renewer = start();
  renewer.ask({boot_now(), boot_now() + patience});
  const auto answer = answer_of(renewer);
  ASSERT_TRUE(answer.error);
  EXPECT_EQ(answer.error->code(), ErrorCode::lost);
  EXPECT_EQ(answer.error->text("server"), "kantor-123");
}

TEST_F(RenewerTest, TellsThatTheDeskIsGone) {
  auto renewer = start();
  desk.reset();
  std::filesystem::remove_all(path());
  renewer.ask({boot_now(), boot_now() + patience});
  const auto answer = answer_of(renewer);
  ASSERT_TRUE(answer.error);
  EXPECT_EQ(answer.error->code(), ErrorCode::no_desk);
}

TEST_F(RenewerTest, AnswersNothingWhileItIsStoppedAndIsNoticedWhenItIsKilled) {
  auto renewer = start();
  ::kill(renewer.process(), SIGSTOP);
  renewer.ask({boot_now(), boot_now() + patience});
  EXPECT_FALSE(is_readable(renewer, 200ms));
  EXPECT_FALSE(renewer.is_gone());
  ::kill(renewer.process(), SIGKILL);
  EXPECT_TRUE(is_readable(renewer, patience));
  EXPECT_FALSE(renewer.take_answer());
  EXPECT_TRUE(renewer.is_gone());
}

TEST_F(RenewerTest, LeavesNoProcessBehind) {
  pid_t stopped = 0;
  {
    auto renewer = start();
    stopped = renewer.process();
    ::kill(stopped, SIGSTOP);
    renewer.ask({boot_now(), boot_now() + patience});
  }
  EXPECT_EQ(::kill(stopped, 0), -1);
  EXPECT_EQ(errno, ESRCH);
}

}  // namespace
}  // namespace gilir
