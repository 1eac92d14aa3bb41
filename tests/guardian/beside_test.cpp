#include "core/guardian/beside.h"

#include <atomic>
#include <csignal>
#include <cstdlib>

#include "core/base/error.h"
#include "tests/process/process_probe.h"

namespace gilir {
namespace {

using namespace test;
using namespace std::chrono_literals;

struct Keeper : SessionControl {
  std::function<void(int)> on_tick = [](int) {};
  int ticks = 0;
  Instruction tick(BootTime now) override {
    on_tick(++ticks);
    return {.permit = Permit{10s, now}, .next_tick = now + 10ms};
  }
};

struct BesideTest : ::testing::Test {
  // A call that blocks until the test lets it go, or for ever.
  struct Blocked {
    Pipe pipe = make_pipe();
    std::atomic<bool> was_let_go = false;
    void call() {
      char byte = 0;
      was_let_go = ::read(pipe.read_end.get(), &byte, 1) == 1;
    }
    void let_go() { write_all(pipe.write_end.get(), "x"); }
  };

  SignalSet signals;
  Keeper keeper;
  std::shared_ptr<Blocked> blocked = std::make_shared<Blocked>();
  std::function<void()> call = [state = blocked] { state->call(); };
};

TEST_F(BesideTest, ACallThatBlocksLeavesTheLoopToRenew) {
  keeper.on_tick = [&](int ticks) {
    if (ticks == 10) blocked->let_go();
  };
  Supervision supervision(keeper, signals, nullptr);
  Beside beside(call);
  EXPECT_TRUE(beside.wait(supervision, std::nullopt));
  EXPECT_TRUE(blocked->was_let_go);
  EXPECT_GE(keeper.ticks, 10);
}

TEST_F(BesideTest, TheWaitEndsInTimeAndBySignals) {
  Supervision supervision(keeper, signals, nullptr);
  Beside beside(call);
  EXPECT_FALSE(beside.wait(supervision, boot_now() + 50ms));
  ::kill(::getpid(), SIGTERM);
  try {
    beside.wait(supervision, std::nullopt);
    ADD_FAILURE() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::interrupted);
  }
  EXPECT_FALSE(beside.is_over());
  blocked->let_go();
  beside.join();
  EXPECT_TRUE(beside.is_over());
}

// What libraries would clean up at exit, the call may still use.
TEST_F(BesideTest, AProcessThatLeftACallBehindEndsAtOnceWithItsStatus) {
  EXPECT_EXIT(
      {
        std::atexit([] { ::_exit(9); });
        { Beside left(call); }
        std::exit(3);
      },
      ::testing::ExitedWithCode(3), "");
}

}  // namespace
}  // namespace gilir
