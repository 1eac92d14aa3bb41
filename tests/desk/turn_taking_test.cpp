#include "core/desk/turn_taking.h"

#include <gtest/gtest.h>

#include "core/process/descriptor.h"
#include "core/store/write_gate.h"
#include "tests/desk/desk_fixture.h"

namespace gilir {
namespace {

// Budi waits for what ani holds; what happens between his looks, a test says.
class TurnTaking : public DeskTest {
 protected:
  TurnTaking() : gate_(path() + "/gate") {
    add_agent("budi");
    add_server("kantor-123");
    acquire("kantor-123");
    // He never sleeps: something always interrupts him.
    pipe_ = make_pipe();
    write_all(pipe_.write_end.get(), "!");
  }

  Turn wait_in_line(const std::function<void(int look)>& before_each_look) {
    int look = 0;
    WaitOptions options;
    options.patience = patience_;
    options.interrupt = pipe_.read_end.get();
    options.interrupted = [&]() -> std::optional<int> {
      before_each_look(++look);
      return std::nullopt;
    };
    auto operation = timed_hold("kantor-123");
    operation.wait = true;
    auto patient = call("budi");
    patient.patience = Milliseconds{20};
    return take_turn_at(*desk_, patient, clock_, operation, options);
  }
  void shut_gate() { inside_.emplace(gate_.enter(Seconds{1})); }
  void open_gate() { inside_.reset(); }
  // By another process.
  void release() {
    LocalDesk other({path(), nullptr}, clock_);
    other.perform(call(), ReleaseLock{ServerName{"kantor-123"}, std::nullopt});
  }

  std::optional<Milliseconds> patience_;
  store::WriteGate gate_;
  std::optional<store::WriteGate::Inside> inside_;
  Pipe pipe_;
};

TEST_F(TurnTaking, ABusyDeskCostsNobodyHisPlace) {
  const auto turn = wait_in_line([&](int look) {
    if (look == 1) {
      // His renewal is due, and nobody gets past the gate.
      clock_.advance(Seconds{10});
      shut_gate();
    } else if (look == 2) {
      open_gate();
      release();
    }
  });
  EXPECT_EQ(turn.acquired.leases.front().agent.value, "budi");
}

TEST_F(TurnTaking, WhoWouldStandInLineWaitsForABusyDeskToo) {
  shut_gate();
  const auto turn = wait_in_line([&](int look) {
    if (look == 3) open_gate();
    if (look == 4) release();
  });
  EXPECT_EQ(turn.acquired.leases.front().agent.value, "budi");
}

TEST_F(TurnTaking, NobodyWaitsForADeskThatIsBusyForLongerThanHisPatience) {
  shut_gate();
  patience_ = Seconds{20};
  expect_error(ErrorCode::busy, [&] {
    wait_in_line([&](int look) {
      clock_.advance(Seconds{10});
      ASSERT_LE(look, 3);
    });
  });
}

TEST_F(TurnTaking, ADeskThatStaysBusyEndsTheWaitWithItsPlace) {
  expect_error(ErrorCode::busy, [&] {
    wait_in_line([&](int look) {
      if (look == 1) shut_gate();
      clock_.advance(Seconds{10});
      ASSERT_LE(look, 5);
    });
  });
}

}  // namespace
}  // namespace gilir
