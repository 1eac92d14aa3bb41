// The write gate, passed or held.
#include "core/health/gate_check.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "core/store/write_gate.h"
#include "tests/fakes/temporary_directory.h"
#include "tests/store/child_process.h"

namespace gilir {
namespace {

TEST(GateCheck, PassesAFreeGateAndLeavesIt) {
  TemporaryDirectory desk;
  store::WriteGate gate(desk.file("gate"));
  for (int time = 0; time < 2; ++time) {
    const auto finding = check_gate(desk.path(), Seconds{2});
    EXPECT_EQ(finding.health, Health::ok);
    EXPECT_EQ(finding.because, Because::fine);
  }
  gate.enter(Milliseconds{1});
}

TEST(GateCheck, MakesNoGate) {
  TemporaryDirectory desk;
  EXPECT_EQ(check_gate(desk.path(), Seconds{2}).because, Because::missing);
  EXPECT_NE(access(desk.file("gate").c_str(), F_OK), 0);
}

TEST(GateCheck, NamesTheProcessThatHoldsTheGate) {
  TemporaryDirectory desk;
  Signpost is_inside;
  ChildProcess holder([&] {
    store::WriteGate gate(desk.file("gate"));
    const auto inside = gate.enter(Seconds{2});
    is_inside.reach();
    pause();
    return 0;
  });
  is_inside.wait();
  const auto finding = check_gate(desk.path(), Milliseconds{50});
  EXPECT_EQ(finding.health, Health::problem);
  EXPECT_EQ(finding.because, Because::held);
  EXPECT_EQ(finding.fact, std::to_string(holder.pid()));
  EXPECT_FALSE(holder_of_lock(desk.file("none")));
  kill(holder.pid(), SIGSTOP);
  int status = 0;
  waitpid(holder.pid(), &status, WUNTRACED);
  EXPECT_EQ(check_gate(desk.path(), Milliseconds{50}).because, Because::stopped);
}

}  // namespace
}  // namespace gilir
