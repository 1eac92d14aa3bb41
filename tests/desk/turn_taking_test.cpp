#include "core/desk/turn_taking.h"

#include <gtest/gtest.h>

#include "core/operations/lock/ask.h"
#include "core/operations/lock/session.h"
#include "core/operations/lock/wait.h"
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

  WaitOptions looking(const std::function<void(int look)>& before_each_look) {
    WaitOptions options;
    options.patience = patience_;
    options.interrupt = pipe_.read_end.get();
    options.interrupted = [before_each_look, look = 0]() mutable -> std::optional<int> {
      before_each_look(++look);
      return std::nullopt;
    };
    return options;
  }
  Turn wait_in_line(const std::function<void(int look)>& before_each_look) {
    const auto options = looking(before_each_look);
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

TEST_F(TurnTaking, ASignalAtABusyDeskEndsTheTurnAsThatSignalAndNotAsBusy) {
  shut_gate();
  for (const bool wait : {false, true}) {
    WaitOptions options;
    options.interrupted = [] { return std::optional<int>(SIGINT); };
    auto operation = timed_hold("kantor-123");
    operation.wait = wait;
    auto patient = call("budi");
    patient.patience = Milliseconds{20};
    const auto error = thrown_by([&] { take_turn_at(*desk_, patient, clock_, operation, options); });
    EXPECT_EQ(error.code(), ErrorCode::interrupted) << wait;
    EXPECT_EQ(error.text("signal"), std::to_string(SIGINT)) << wait;
  }
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

// Ani has a session and asks for a second one, which the server does not stand.
class OwnSession : public TurnTaking {
 protected:
  OwnSession() {
    perform(ReleaseLock{ServerName{"kantor-123"}, std::nullopt});
    first_ = perform(kept()).leases.front();
  }

  static AcquireLock kept() {
    auto operation = timed_hold("kantor-123");
    operation.kind = HoldKind::kept;
    operation.wait = true;
    return operation;
  }
  Turn wait_for_it(const std::function<void(int look)>& before_each_look) {
    auto options = looking(before_each_look);
    options.is_ours = [&](const Error& refusal) { return refusal.text("hold") == ours_; };
    options.on_own_session = [&](const Error& refusal) { told_.push_back(refusal.code()); };
    return take_turn_at(*desk_, call(), clock_, kept(), options);
  }
  // By another process.
  void end_first(bool closed) {
    EndSession end;
    end.holds = {{first_.server, first_.hold}};
    end.kind = "ssh";
    end.closed = closed;
    LocalDesk({path(), nullptr}, clock_).perform(call(), end);
  }

  LeaseView first_;
  std::string ours_;
  std::vector<ErrorCode> told_;
};

TEST_F(OwnSession, IsWaitedForWithoutAPlaceInLine) {
  const auto turn = wait_for_it([&](int look) {
    EXPECT_TRUE(lock("kantor-123").line.empty());
    if (look == 3) end_first(true);
  });
  EXPECT_NE(turn.acquired.leases.front().hold, first_.hold);
  EXPECT_EQ(told_, std::vector(3, ErrorCode::own_session));
}

TEST_F(OwnSession, ThatIsNotOverYetIsWaitedForToo) {
  // What stands in line behind it keeps the agent from coming back to the seat at once.
  auto other = timed_hold("kantor-123");
  other.wait = true;
  const auto wait = *perform(other, "budi").wait;
  const auto turn = wait_for_it([&](int look) {
    if (look == 1) end_first(false);
    if (look == 2) perform(LeaveLine{wait, false}, "budi");
    ASSERT_LE(look, 200);
    clock_.advance(Seconds{1});
  });
  EXPECT_NE(turn.acquired.leases.front().lease, first_.lease);
}

TEST_F(OwnSession, WaitsNoLongerThanItsPatience) {
  patience_ = Seconds{5};
  const auto error = thrown_by([&] { wait_for_it([&](int) { clock_.advance(Seconds{2}); }); });
  EXPECT_EQ(error.code(), ErrorCode::timed_out);
  EXPECT_EQ(error.text("server"), "kantor-123");
  EXPECT_NE(error.detail("lock"), "");
}

TEST_F(OwnSession, IsNotWaitedForFromWithinIt) {
  ours_ = std::to_string(first_.hold.value);
  const auto error = thrown_by([&] { wait_for_it([&](int) { FAIL() << "it waits"; }); });
  EXPECT_EQ(error.code(), ErrorCode::own_session);
  EXPECT_EQ(error.text("within"), "true");
}

TEST_F(OwnSession, ChangesNobodysTurn) {
  auto other = timed_hold("kantor-123");
  other.wait = true;
  other.in_line = perform(other, "budi").wait;
  const auto turn = wait_for_it([&](int look) {
    // Ani is not in line before her own session is over, and then behind budi.
    if (look == 2) end_first(true);
    const auto view = lock("kantor-123");
    if (look > 2 && view.holders.empty()) {
      EXPECT_EQ(perform(other, "budi").leases.size(), 1U);
    }
    if (look == 6) {
      EXPECT_EQ(view.holders.front().agent.value, "budi");
      EXPECT_EQ(view.line.front().agent.value, "ani");
      LocalDesk({path(), nullptr}, clock_).perform(call("budi"), ReleaseLock{ServerName{"kantor-123"}, std::nullopt});
    }
    ASSERT_LE(look, 20);
  });
  EXPECT_EQ(turn.acquired.leases.front().agent.value, "ani");
}

// From a session that is not over at once, so that who takes it stands in line meanwhile.
class TakingFromASession : public OwnSession {
 protected:
  // The taker's place lapses, as when its process is stopped for long; then ani's session is over.
  Turn take_and_lose_the_place(AcquireLock taking, const std::string& taker) {
    const auto options = looking([&](int look) {
      if (look == 1) clock_.advance(Seconds{45});
      if (look == 1 || look == 2) end_first(true);
      ASSERT_LE(look, 20);
    });
    taking.wait = true;
    return take_turn_at(*desk_, call(taker), clock_, taking, options);
  }
};

TEST_F(TakingFromASession, GoesOnWhenThePlaceOfWhomItWasHandedOverToIsGone) {
  perform(HandOverLock{ServerName{"kantor-123"}, AgentName{"budi"}, "test"});
  auto taking = timed_hold("kantor-123");
  taking.accept = true;
  EXPECT_EQ(take_and_lose_the_place(taking, "budi").acquired.leases.front().agent.value, "budi");
}

TEST_F(TakingFromASession, GoesOnWhenThePlaceOfWhoStealsItIsGone) {
  add_agent("rina", 1, Role::supervisor);
  auto taking = timed_hold("kantor-123");
  taking.steal = first_.lease;
  taking.at_once = true;
  EXPECT_EQ(take_and_lose_the_place(taking, "rina").acquired.leases.front().agent.value, "rina");
}

}  // namespace
}  // namespace gilir
