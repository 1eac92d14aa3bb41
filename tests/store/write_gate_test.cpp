#include "core/store/write_gate.h"

#include <sched.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <fstream>
#include <thread>

#include "core/store/connection.h"
#include "core/store/gate_holder.h"
#include "tests/fakes/expect_error.h"
#include "tests/fakes/temporary_directory.h"
#include "tests/store/child_process.h"

namespace gilir::store {
namespace {

using Stopwatch = std::chrono::steady_clock;

// Rounded up: the gate counts whole milliseconds on another clock.
Milliseconds since(Stopwatch::time_point start) {
  return std::chrono::duration_cast<Milliseconds>(Stopwatch::now() - start) + Milliseconds{1};
}

// proc(5), /proc/locks: "1: -> OFDLCK ADVISORY WRITE -1 08:01:1234 0 0" for whoever waits.
bool somebody_waits_for(const std::string& path) {
  struct stat facts {};
  stat(path.c_str(), &facts);
  const auto inode = ":" + std::to_string(facts.st_ino) + " ";
  std::ifstream locks("/proc/locks");
  for (std::string line; std::getline(locks, line);) {
    if (line.find("->") != std::string::npos && line.find(inode) != std::string::npos) return true;
  }
  return false;
}

class WriteGateTest : public testing::Test {
 protected:
  std::string path() const { return directory_.file("gate"); }

  // A process that is inside the gate until it is killed.
  ChildProcess holder() {
    Signpost inside;
    ChildProcess child([&] {
      WriteGate gate(path());
      const auto in = gate.enter(Seconds{5});
      inside.reach();
      pause();
      return 0;
    });
    inside.wait();
    return child;
  }

  void wait_for_a_waiter() {
    const auto start = Stopwatch::now();
    while (!somebody_waits_for(path()) && since(start) < Seconds{30}) usleep(1000);
    ASSERT_TRUE(somebody_waits_for(path()));
  }

  TemporaryDirectory directory_;
};

TEST_F(WriteGateTest, LetsOneInAtATime) {
  WriteGate one(path());
  WriteGate other(path());
  {
    const auto inside = one.enter(Seconds{1});
    expect_error(ErrorCode::busy, [&] { other.enter(Milliseconds{20}); });
  }
  other.enter(Seconds{1});
}

TEST_F(WriteGateTest, GivesUpAtItsDeadlineAndNotBefore) {
  const auto child = holder();
  WriteGate gate(path());
  const auto start = Stopwatch::now();
  expect_error(ErrorCode::busy, [&] { gate.enter(Milliseconds{200}); });
  EXPECT_GE(since(start), Milliseconds{200});
  EXPECT_LT(since(start), Seconds{10});
}

void ignore(int) {}

// Signals that interrupt the wait neither end it early nor make it miss its end.
TEST_F(WriteGateTest, KeepsItsDeadlineUnderAStormOfSignals) {
  const auto held = holder();
  struct sigaction action {};
  action.sa_handler = ignore;
  sigaction(SIGUSR1, &action, nullptr);
  const auto tester = getpid();
  ChildProcess storm([&] {
    while (kill(tester, SIGUSR1) == 0) usleep(1000);
    return 0;
  });
  WriteGate gate(path());
  const auto start = Stopwatch::now();
  expect_error(ErrorCode::busy, [&] { gate.enter(Milliseconds{300}); });
  EXPECT_GE(since(start), Milliseconds{300});
  EXPECT_LT(since(start), Seconds{10});
}

TEST_F(WriteGateTest, NamesTheProcessThatKeepsItAndSaysWhenThatIsStopped) {
  auto child = holder();
  WriteGate gate(path());
  auto error = thrown_by([&] { gate.enter(Milliseconds{20}); });
  EXPECT_EQ(error.text("pid"), std::to_string(child.pid()));
  EXPECT_EQ(error.text("command"), "store_test");
  EXPECT_EQ(error.text("stopped"), "false");
  kill(child.pid(), SIGSTOP);
  int status = 0;
  ASSERT_EQ(waitpid(child.pid(), &status, WUNTRACED), child.pid());
  error = thrown_by([&] { gate.enter(Milliseconds{20}); });
  EXPECT_EQ(error.code(), ErrorCode::busy);
  EXPECT_EQ(error.text("pid"), std::to_string(child.pid()));
  EXPECT_EQ(error.text("stopped"), "true");
}

TEST_F(WriteGateTest, WhoeverWaitsCanBeEndedAtOnce) {
  const auto held = holder();
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
    ChildProcess waiter([&] {
      WriteGate gate(path());
      gate.enter(Seconds{60});
      return 0;
    });
    const auto start = Stopwatch::now();
    wait_for_a_waiter();
    kill(waiter.pid(), signal);
    EXPECT_EQ(waiter.wait(), -1) << signal;
    EXPECT_LT(since(start), Seconds{50});
  }
}

// As processes do that read signals from a descriptor: sessions, and whoever waits in line.
TEST_F(WriteGateTest, ASignalThatIsBlockedEndsTheWaitAndIsThereAfterwards) {
  const auto held = holder();
  ChildProcess waiter([&] {
    sigset_t blocked;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGINT);
    sigprocmask(SIG_BLOCK, &blocked, nullptr);
    WriteGate gate(path());
    try {
      gate.enter(Seconds{60});
    } catch (const Error& error) {
      sigset_t pending;
      sigpending(&pending);
      const bool is_named = error.text("signal") == std::to_string(SIGINT);
      return error.code() == ErrorCode::busy && is_named && sigismember(&pending, SIGINT) == 1 ? 7 : 8;
    }
    return 9;
  });
  wait_for_a_waiter();
  kill(waiter.pid(), SIGINT);
  EXPECT_EQ(waiter.wait(), 7);
}

TEST_F(WriteGateTest, ASignalThatIsKnownAlreadyEndsNoWait) {
  auto held = holder();
  ChildProcess waiter([&] {
    sigset_t blocked;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGINT);
    sigprocmask(SIG_BLOCK, &blocked, nullptr);
    raise(SIGINT);
    WriteGate gate(path());
    gate.enter(Seconds{60});
    return 7;
  });
  wait_for_a_waiter();
  held.kill_now();
  EXPECT_EQ(waiter.wait(), 7);
}

TEST_F(WriteGateTest, ASignalThatIsIgnoredEndsNoWait) {
  auto held = holder();
  ChildProcess waiter([&] {
    signal(SIGHUP, SIG_IGN);
    WriteGate gate(path());
    gate.enter(Seconds{60});
    return 7;
  });
  wait_for_a_waiter();
  kill(waiter.pid(), SIGHUP);
  held.kill_now();
  EXPECT_EQ(waiter.wait(), 7);
}

TEST_F(WriteGateTest, NamesAProgramThatKnowsOfNoGate) {
  const auto database = directory_.file("desk.db");
  Connection connection({database, true});
  connection.script("PRAGMA journal_mode=WAL; CREATE TABLE t (x INTEGER)");
  EXPECT_FALSE(holder_of_lock(database + "-shm"));
  Signpost is_inside;
  ChildProcess other([&] {
    Connection own({database});
    const Transaction transaction(own, Transaction::Kind::write);
    is_inside.reach();
    pause();
    return 0;
  });
  is_inside.wait();
  EXPECT_EQ(holder_of_lock(database + "-shm"), other.pid());
}

// One that keeps the file locked as gilir does, until it is killed.
ChildProcess locker(const std::string& path) {
  Signpost has_it;
  ChildProcess child([&] {
    WriteGate gate(path);
    const auto inside = gate.enter(Seconds{5});
    has_it.reach();
    pause();
    return 0;
  });
  has_it.wait();
  return child;
}

ino_t inode_of(const std::string& path) {
  struct stat facts {};
  stat(path.c_str(), &facts);
  return facts.st_ino;
}

constexpr int no_mounts = 77;

// In a mount namespace of its own, as root there: user_namespaces(7).
bool stands_apart() {
  const auto user = geteuid();
  const auto group = getegid();
  if (unshare(CLONE_NEWNS) == 0) return true;
  if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0) return false;
  std::ofstream("/proc/self/setgroups") << "deny";
  std::ofstream("/proc/self/gid_map") << "0 " << group << " 1";
  std::ofstream("/proc/self/uid_map") << "0 " << user << " 1";
  return geteuid() == 0;
}

// A file of its own on each of two new file systems, which count their files alike.
int names_the_right_one(const std::string& here, const std::string& there) {
  if (!stands_apart() || mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0) return no_mounts;
  for (const auto& place : {here, there}) {
    if (mkdir(place.c_str(), 0700) != 0 || mount("gilir-test", place.c_str(), "tmpfs", 0, "size=1m") != 0)
      return no_mounts;
  }
  // The innocent one comes first in /proc.
  const auto innocent = locker(there + "/gate");
  const auto culprit = locker(here + "/gate");
  if (inode_of(here + "/gate") != inode_of(there + "/gate")) return 2;
  return holder_of_lock(here + "/gate") == culprit.pid() ? 0 : 1;
}

TEST_F(WriteGateTest, NamesNobodyForAFileOfTheSameNumberOnAnotherFileSystem) {
  ChildProcess apart([&] { return names_the_right_one(directory_.file("here"), directory_.file("there")); });
  const int status = apart.wait();
  if (status == no_mounts) GTEST_SKIP() << "this system allows no private mounts";
  EXPECT_EQ(status, 0);
}

TEST_F(WriteGateTest, OpensWhenItsHolderIsKilled) {
  auto child = holder();
  WriteGate gate(path());
  child.kill_now();
  gate.enter(Seconds{5});
}

volatile sig_atomic_t terminated = 0;
void note_termination(int) {
  terminated = 1;
}

TEST_F(WriteGateTest, HoldsSignalsBackUntilItIsLeft) {
  struct sigaction action {};
  action.sa_handler = note_termination;
  sigaction(SIGTERM, &action, nullptr);
  WriteGate gate(path());
  {
    const auto inside = gate.enter(Seconds{1});
    raise(SIGTERM);
    EXPECT_EQ(terminated, 0);
  }
  EXPECT_EQ(terminated, 1);
  signal(SIGTERM, SIG_DFL);
}

bool is_in(int (*of)(sigset_t*), int signal) {
  sigset_t set;
  of(&set);
  return sigismember(&set, signal) == 1;
}

int blocked(sigset_t* set) {
  return sigprocmask(SIG_SETMASK, nullptr, set);
}

// Also run where each timer takes its time to go (tests/faults: strace).
TEST_F(WriteGateTest, LeavesNoTickOfItsClockToWhoeverBlocksIt) {
  const auto held = holder();
  ChildProcess waiter([&] {
    sigset_t alarm;
    sigemptyset(&alarm);
    sigaddset(&alarm, SIGALRM);
    sigprocmask(SIG_BLOCK, &alarm, nullptr);
    WriteGate gate(path());
    const auto code = thrown_by([&] { gate.enter(Milliseconds{15}); }).code();
    return code == ErrorCode::busy && !is_in(sigpending, SIGALRM) && is_in(blocked, SIGALRM) ? 7 : 1;
  });
  EXPECT_EQ(waiter.wait(), 7);
}

TEST_F(WriteGateTest, LetsSignalsInAgainWhereItCannotWait) {
  const auto held = holder();
  ChildProcess waiter([&] {
    // So many signals may be queued, and a timer keeps one: timer_create(2).
    const rlimit none{0, 0};
    setrlimit(RLIMIT_SIGPENDING, &none);
    WriteGate gate(path());
    if (thrown_by([&] { gate.enter(Seconds{5}); }).code() != ErrorCode::failed) return 1;
    for (const int signal : {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP}) {
      if (is_in(blocked, signal)) return 1;
    }
    return 7;
  });
  EXPECT_EQ(waiter.wait(), 7);
}

TEST_F(WriteGateTest, DoesNotStayShutInAProgramThatWasStartedInside) {
  WriteGate gate(path());
  std::string inherited;
  {
    const auto inside = gate.enter(Seconds{1});
    // Close-on-exec: the descriptor must not reach the program that is run.
    const auto command = "ls -l /proc/self/fd | grep -c '" + path() + "' || true";
    FILE* pipe = popen(command.c_str(), "r");
    std::array<char, 32> line{};
    if (fgets(line.data(), line.size(), pipe) != nullptr) inherited = line.data();
    pclose(pipe);
  }
  EXPECT_EQ(inherited, "0\n");
}

// What SQLite's own busy handler fails at: 32 writers measured 1 to 14,164 transactions each.
TEST_F(WriteGateTest, IsFairToManyProcesses) {
  constexpr int writers = 8;
  constexpr int turns = 2000;
  struct Counts {
    std::atomic<int> ready;
    std::atomic<int> all;
    std::array<std::atomic<int>, writers> each;
  };
  void* shared = mmap(nullptr, sizeof(Counts), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  ASSERT_NE(shared, MAP_FAILED);
  auto* counts = new (shared) Counts{};
  std::vector<ChildProcess> children;
  for (std::size_t writer = 0; writer < writers; ++writer) {
    children.emplace_back([&, writer] {
      WriteGate gate(path());
      counts->ready += 1;
      while (counts->ready < writers) usleep(100);
      while (counts->all.fetch_add(1) < turns) {
        const auto inside = gate.enter(Seconds{60});
        counts->each[writer] += 1;
        // About what a commit takes.
        usleep(200);
      }
      return 0;
    });
  }
  for (auto& child : children) EXPECT_EQ(child.wait(), 0);
  std::vector<int> served(counts->each.begin(), counts->each.end());
  std::ranges::sort(served);
  EXPECT_GE(served.front() * 2, turns / writers) << "the most served had " << served.back();
  munmap(shared, sizeof(Counts));
}

TEST_F(WriteGateTest, NamesAPathThatCannotBeOpened) {
  const auto error = thrown_by([&] { WriteGate gate(directory_.file("missing/gate")); });
  EXPECT_EQ(error.code(), ErrorCode::unreachable);
  EXPECT_EQ(error.text("path"), directory_.file("missing/gate"));
}

}  // namespace
}  // namespace gilir::store
