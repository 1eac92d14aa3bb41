// An older desk is brought up to date beside sessions of the older program: core/desk/fresh_permits.h.
#include "core/desk/fresh_permits.h"

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/operations/lock/renew.h"
#include "core/operations/lock/wait.h"
#include "core/process/process_group.h"
#include "tests/desk/desk_fixture.h"
#include "tests/desk/former_index.h"

namespace gilir {
namespace {

class FreshPermits : public DeskTest {
 protected:
  FreshPermits() {
    add_agent("budi");
    add_server("alpha");
    add_server("beta");
  }

  static AcquireLock kept_hold(const std::string& server) {
    AcquireLock operation;
    operation.servers = {ServerName{server}};
    operation.kind = HoldKind::kept;
    operation.reason = "work";
    operation.pid = getpid();
    operation.world = process_world();
    operation.started = start_of_process(operation.pid);
    return operation;
  }
  LeaseView keep(const std::string& server) { return perform(kept_hold(server)).leases.front(); }
  void renew(const LeaseView& lease) { perform(KeepHolds{{{lease.server, lease.hold, lease.lease, lease.token}}}); }

  // The desk as the older program has it, with what its sessions hold.
  void go_back() {
    desk_.reset();
    store::Connection connection({database(), false, nullptr});
    go_back_before_index(connection);
  }
  std::string database() const { return path() + "/desk.db"; }
  std::int64_t schema() {
    return store::Connection({database(), false, nullptr}).first<std::int64_t>("PRAGMA user_version").value_or(0);
  }
  std::optional<FreshPermit> fresh() {
    store::Connection connection({database(), false, nullptr});
    return fresh_permit(connection, clock_);
  }
  // What the older program does to the row of its hold.
  void renew_row() {
    store::Connection connection({database(), false, nullptr});
    EXPECT_EQ(connection.run("UPDATE hold SET deadline_at = $1 + deadline_term", clock_.now().boot), 1);
  }
  // Opens it while `meanwhile` happens at each look. How often it waited.
  int open_waiting(const std::function<void(const FreshPermit&)>& meanwhile) {
    int waits = 0;
    LocalDeskOptions options{path(), nullptr};
    options.on_waiting = [&](const FreshPermit& permit) {
      ++waits;
      EXPECT_EQ(schema(), 19);
      // The older program goes on.
      store::WriteGate(path() + "/gate").enter(Milliseconds{0});
      meanwhile(permit);
    };
    desk_ = std::make_unique<LocalDesk>(std::move(options), clock_);
    EXPECT_GT(schema(), 19);
    return waits;
  }
};

TEST_F(FreshPermits, AHoldIsOneUntilItIsRenewed) {
  keep("alpha");
  EXPECT_FALSE(fresh()) << "its program renews by itself where another cannot";
  go_back();
  ASSERT_TRUE(fresh());
  EXPECT_EQ(fresh()->server, ServerName{"alpha"});
  EXPECT_EQ(fresh()->agent, AgentName{"ani"});
  EXPECT_EQ(fresh()->pid, getpid());
  EXPECT_EQ(fresh()->left, Seconds{60});
  clock_.advance(Seconds{20});
  EXPECT_EQ(fresh()->left, Seconds{40});
  renew_row();
  EXPECT_FALSE(fresh());
}

TEST_F(FreshPermits, AHoldIsOneUntilItsPermitIsOver) {
  keep("alpha");
  go_back();
  clock_.advance(Seconds{59});
  EXPECT_TRUE(fresh());
  clock_.advance(Seconds{1});
  EXPECT_FALSE(fresh());
}

TEST_F(FreshPermits, AHoldThatWasRenewedIsNone) {
  const auto lease = keep("alpha");
  clock_.advance(Seconds{20});
  renew(lease);
  go_back();
  EXPECT_FALSE(fresh());
}

TEST_F(FreshPermits, AHoldForATimeAndAPlaceInLineAreNone) {
  acquire("alpha", "budi");
  AcquireLock operation = kept_hold("alpha");
  operation.wait = true;
  EXPECT_TRUE(perform(operation).wait);
  go_back();
  EXPECT_FALSE(fresh());
  EXPECT_EQ(open_waiting([](const FreshPermit&) {}), 0);
}

TEST_F(FreshPermits, OneOfAProcessThatIsGoneIsNone) {
  const pid_t child = fork();
  if (child == 0) _exit(0);
  ASSERT_EQ(waitpid(child, nullptr, 0), child);
  auto operation = kept_hold("alpha");
  operation.pid = child;
  perform(operation);
  go_back();
  EXPECT_FALSE(fresh());
}

TEST_F(FreshPermits, OneOfAnotherContainerCountsAsLongAsItLasts) {
  auto operation = kept_hold("alpha");
  operation.world = "another";
  operation.pid = 1;
  perform(operation);
  go_back();
  EXPECT_TRUE(fresh());
}

TEST_F(FreshPermits, TheOneThatLastsLongestCounts) {
  keep("alpha");
  clock_.advance(Seconds{5});
  keep("beta");
  go_back();
  EXPECT_EQ(fresh()->server, ServerName{"beta"});
  EXPECT_EQ(fresh()->left, Seconds{60});
}

TEST_F(FreshPermits, ThoseOfAnotherStartOfTheMachineAreNone) {
  keep("alpha");
  go_back();
  clock_.reboot("second boot");
  EXPECT_FALSE(fresh());
}

TEST_F(FreshPermits, ADeskIsBroughtUpToDateOnceTheFirstRenewalIsMade) {
  keep("alpha");
  go_back();
  const int waits = open_waiting([&](const FreshPermit& permit) {
    EXPECT_EQ(permit.server, ServerName{"alpha"});
    clock_.advance(Seconds{10});
    if (permit.left <= Seconds{40}) renew_row();
  });
  EXPECT_EQ(waits, 3);
  EXPECT_EQ(lock("alpha").holders.size(), 1U);
}

TEST_F(FreshPermits, ADeskIsBroughtUpToDateOnceThePermitIsOverHoweverManyFollow) {
  keep("alpha");
  go_back();
  std::vector<Milliseconds> told;
  open_waiting([&](const FreshPermit& permit) {
    told.push_back(permit.left);
    clock_.advance(Seconds{20});
    // Others of the older program come and go.
    store::Connection connection({database(), false, nullptr});
    connection.run("UPDATE hold SET since = $1, deadline_at = $2 + deadline_term", clock_.now().wall,
                   clock_.now().boot);
  });
  EXPECT_EQ(told, (std::vector<Milliseconds>{Seconds{60}, Seconds{40}, Seconds{20}}));
}

TEST_F(FreshPermits, WhoCannotSayWhatItWaitsForDoesNotWait) {
  keep("alpha");
  go_back();
  open();
  EXPECT_GT(schema(), 19);
}

TEST_F(FreshPermits, ASignalThatIsBlockedEndsTheWait) {
  keep("alpha");
  go_back();
  sigset_t blocked;
  sigset_t before;
  sigemptyset(&blocked);
  sigaddset(&blocked, SIGTERM);
  sigprocmask(SIG_BLOCK, &blocked, &before);
  const auto error = thrown_by([&] { open_waiting([](const FreshPermit&) { raise(SIGTERM); }); });
  int signal = 0;
  sigwait(&blocked, &signal);
  sigprocmask(SIG_SETMASK, &before, nullptr);
  EXPECT_EQ(error.code(), ErrorCode::interrupted);
  EXPECT_EQ(error.text("signal"), std::to_string(SIGTERM));
  EXPECT_EQ(schema(), 19);
}

}  // namespace
}  // namespace gilir
