#include "core/guardian/supervision.h"

#include <csignal>
#include <functional>

#include "core/base/error.h"
#include "tests/process/process_probe.h"

namespace gilir {
namespace {

using namespace test;
using namespace std::chrono_literals;

// A keeper that does what each test says.
struct Keeper : SessionControl {
  std::function<Instruction(int)> on_tick = [](int) { return Instruction{}; };
  std::function<Instruction()> on_bell = [] { return Instruction{}; };
  std::vector<int> bells;
  int ticks = 0;

  Instruction tick(BootTime) override { return on_tick(ticks++); }
  std::vector<int> descriptors() const override { return bells; }
  Instruction readable(int, BootTime) override { return on_bell(); }
};

Instruction permit_for(Milliseconds term) {
  return {.permit = Permit{term, boot_now()}};
}

struct SupervisionTest : ::testing::Test {
  SignalSet signals;
  Keeper keeper;
};

using Supervised = SupervisionTest;

TEST_F(Supervised, RenewsAtItsDueTimeWhileTheLoopWaits) {
  keeper.on_tick = [](int) {
    auto instruction = permit_for(600ms);
    instruction.next_tick = instruction.permit->renew_at();
    return instruction;
  };
  Supervision supervision(keeper, signals, nullptr);
  const auto until = boot_now() + 1'000ms;
  while (boot_now() < until) supervision.wait({}, until);
  EXPECT_GE(keeper.ticks, 4);
  EXPECT_LE(keeper.ticks, 7);
  EXPECT_EQ(supervision.ending(), Ending::none);
}

TEST_F(Supervised, FreezesInputFirstAndEndsAtTheCut) {
  keeper.on_tick = [](int) { return permit_for(600ms); };
  Supervision supervision(keeper, signals, nullptr);
  EXPECT_TRUE(supervision.may_send());
  supervision.wait({}, boot_now() + 510ms);
  EXPECT_FALSE(supervision.may_send());
  EXPECT_EQ(supervision.ending(), Ending::none);
  supervision.wait({}, boot_now() + 10s);
  EXPECT_EQ(supervision.ending(), Ending::expired);
  EXPECT_EQ(supervision.because(), "expired");
}

TEST_F(Supervised, NeverRenewsAfterTheCutHasPassed) {
  keeper.on_tick = [](int) {
    auto instruction = permit_for(120ms);
    // As if the process had been stopped: the tick is due together with the cut.
    instruction.next_tick = instruction.permit->cut_at();
    return instruction;
  };
  Supervision supervision(keeper, signals, nullptr);
  supervision.wait({}, boot_now() + 10s);
  EXPECT_EQ(supervision.ending(), Ending::expired);
  EXPECT_EQ(keeper.ticks, 1);
}

TEST_F(Supervised, PassesOnWhyTheLeaseWasLost) {
  auto bell = make_pipe();
  keeper.bells = {bell.read_end.get()};
  keeper.on_bell = [] { return Instruction{.lost = true, .because = "stolen", .notices = {"sari took it"}}; };
  Supervision supervision(keeper, signals, nullptr);
  write_all(bell.write_end.get(), "!");
  supervision.wait({}, boot_now() + 10s);
  EXPECT_EQ(supervision.ending(), Ending::lost);
  EXPECT_EQ(supervision.because(), "stolen");
  EXPECT_EQ(supervision.take_notice(), "sari took it");
  EXPECT_FALSE(supervision.may_send());
}

TEST_F(Supervised, KeepsTheTickWhenABellSaysNothingNew) {
  auto bell = make_pipe();
  keeper.bells = {bell.read_end.get()};
  keeper.on_tick = [](int count) { return Instruction{.next_tick = boot_now() + (count == 0 ? 50ms : 10s)}; };
  keeper.on_bell = [&] {
    char byte = 0;
    EXPECT_EQ(::read(bell.read_end.get(), &byte, 1), 1);
    return Instruction{};
  };
  Supervision supervision(keeper, signals, nullptr);
  write_all(bell.write_end.get(), "!");
  const auto until = boot_now() + 5s;
  while (keeper.ticks < 2 && boot_now() < until) supervision.wait({}, until);
  EXPECT_EQ(keeper.ticks, 2);
}

TEST_F(Supervised, AsksItsKeeperOnceWhenTheTimeOfABannerHasCome) {
  keeper.on_tick = [](int) {
    auto instruction = permit_for(1h);
    instruction.next_tick = instruction.permit->renew_at();
    return instruction;
  };
  Supervision supervision(keeper, signals, nullptr);
  auto bell = make_pipe();
  keeper.bells = {bell.read_end.get()};
  keeper.on_bell = [&] {
    char byte;
    EXPECT_EQ(::read(bell.read_end.get(), &byte, 1), 1);
    const auto rows = [](Seconds) { return std::vector<std::string>{"dewi asks"}; };
    const auto words = [](Seconds) { return std::string("dewi asks"); };
    return Instruction{.banner = Banner{boot_now() + 200ms, rows, {}, words}};
  };
  ASSERT_EQ(::write(bell.write_end.get(), "x", 1), 1);
  int waits = 0;
  for (const auto until = boot_now() + 1s; boot_now() < until; ++waits) supervision.wait({}, until);
  EXPECT_EQ(keeper.ticks, 2);
  EXPECT_LE(waits, 6);
}

TEST_F(Supervised, NoticesThatItsGuardianDied) {
  auto guardian = Guardian::start(GUARDIAN_HELPER);
  Supervision supervision(keeper, signals, &guardian);
  EXPECT_EQ(supervision.ending(), Ending::none);
  ::kill(guardian.process(), SIGKILL);
  const auto until = boot_now() + 5s;
  while (supervision.ending() == Ending::none && boot_now() < until) supervision.wait({}, until);
  EXPECT_EQ(supervision.ending(), Ending::guardian_gone);
}

TEST_F(Supervised, TurnsASignalIntoAnErrorWhereNoLoopHandlesIt) {
  Supervision supervision(keeper, signals, nullptr);
  ::kill(::getpid(), SIGINT);
  supervision.wait({}, boot_now() + 5s);
  try {
    supervision.throw_if_over();
    FAIL() << "nothing was thrown";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::interrupted);
    EXPECT_EQ(error.text("signal"), std::to_string(SIGINT));
  }
}

}  // namespace
}  // namespace gilir
