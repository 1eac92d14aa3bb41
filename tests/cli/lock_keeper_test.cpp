#include "cli/session/lock_keeper.h"

#include "core/operations/lock/ask.h"
#include "tests/desk/desk_fixture.h"
#include "tests/fakes/no_descriptors_left.h"

namespace gilir::cli {
namespace {

class LockKeeperTest : public DeskTest {
 protected:
  LockKeeperTest() {
    add_agent("budi");
    add_server("kantor-123");
  }

  Turn kept_turn() {
    AcquireLock operation;
    operation.servers = {ServerName{"kantor-123"}};
    operation.kind = HoldKind::kept;
    operation.reason = "test";
    return {perform(operation), now(), false};
  }
  BootTime now() const { return clock_.now().boot; }

  // The session's next tick, when it is due.
  Instruction next_tick(LockKeeper& keeper, const Instruction& last) {
    clock_.advance(*last.next_tick - now());
    return keeper.tick(now());
  }
  void knock(Desk& desk) {
    desk.perform(call("budi"), KnockAtLock{ServerName{"kantor-123"}, std::nullopt, "one minute?"});
  }
};

// As when the machine has no inotify instance left for this user, or the one who knocked died before the bell.
TEST_F(LockKeeperTest, TellsOfAKnockThatNoBellTold) {
  LocalDesk other({path(), nullptr}, clock_);
  LockKeeper keeper(*desk_, AgentName{"ani"}, kept_turn(), "with");
  keeper.opened();
  const NoDescriptorsLeft limit;
  auto last = next_tick(keeper, keeper.tick(now()));
  EXPECT_TRUE(keeper.descriptors().empty());
  EXPECT_FALSE(last.lost);
  EXPECT_FALSE(last.banner);

  knock(other);
  const auto asked_at = now();
  last = next_tick(keeper, last);
  EXPECT_LE(now(), asked_at + Seconds{1});
  ASSERT_TRUE(last.banner && *last.banner);
  EXPECT_EQ((*last.banner)->rows(Seconds{30}).front(),
            "budi asks for kantor-123; without an answer within 30 s you keep it");
  EXPECT_EQ((*last.banner)->rows(Seconds{30}).back(), "one minute?");
}

TEST_F(LockKeeperTest, RenewsAThirdOfItsTermApartHoweverOftenItLooks) {
  LockKeeper keeper(*desk_, AgentName{"ani"}, kept_turn(), "with");
  keeper.opened();
  const auto granted_at = now();
  auto last = keeper.tick(now());
  int looks = 0;
  for (last = next_tick(keeper, last); !last.permit; last = next_tick(keeper, last)) ++looks;
  EXPECT_EQ(now() - granted_at, Seconds{20});
  EXPECT_EQ(last.permit->sent_at, now());
  EXPECT_GE(looks, 19);
  EXPECT_LE(looks, 21);
}

TEST_F(LockKeeperTest, TellsOnceThatItCannotRenewAndAgainWhenThatChanges) {
  LockKeeper keeper(*desk_, AgentName{"ani"}, kept_turn(), "with");
  keeper.opened();
  std::vector<std::string> notices;
  auto last = keeper.tick(now());
  const auto pass = [&](Seconds time) {
    for (const auto end = now() + time; now() < end;) {
      last = next_tick(keeper, last);
      notices.insert(notices.end(), last.notices.begin(), last.notices.end());
    }
  };
  store::Connection behind({path() + "/desk.db", false, nullptr});
  const auto break_renewals = [&](const std::string& why) {
    behind.script(
        "DROP TRIGGER IF EXISTS broken; CREATE TRIGGER broken BEFORE UPDATE ON hold BEGIN SELECT RAISE(ABORT, '" + why +
        "'); END");
  };
  break_renewals("a fault");
  pass(Seconds{32});
  ASSERT_EQ(notices.size(), 1u) << testing::PrintToString(notices);
  EXPECT_TRUE(notices[0].starts_with("the lock on kantor-123 cannot be renewed (")) << notices[0];
  EXPECT_TRUE(notices[0].ends_with("; the session ends in 35 s unless it can be")) << notices[0];
  break_renewals("another fault");
  pass(Seconds{12});
  EXPECT_EQ(notices.size(), 2u) << testing::PrintToString(notices);
  behind.script("DROP TRIGGER broken");
  pass(Seconds{6});
  ASSERT_EQ(notices.size(), 3u) << testing::PrintToString(notices);
  EXPECT_EQ(notices[2], "the lock on kantor-123 is renewed again");
}

TEST_F(LockKeeperTest, IsToldOfItsLossWhenTheTimeOfAKnockHasComeThatItShowed) {
  LockKeeper keeper(*desk_, AgentName{"ani"}, kept_turn(), "ssh");
  keeper.opened();
  auto last = next_tick(keeper, keeper.tick(now()));
  knock(*desk_);
  last = next_tick(keeper, last);
  ASSERT_TRUE(last.banner && *last.banner);
  const auto shown = keeper.shown(now());
  ASSERT_TRUE(shown.banner && *shown.banner);
  EXPECT_EQ((*shown.banner)->rows(Seconds{30}).front(), "budi asks for kantor-123; without an answer it goes in 30 s");
  EXPECT_FALSE(keeper.shown(now()).banner);
  clock_.advance((*shown.banner)->until - now());
  last = keeper.tick(now());
  EXPECT_TRUE(last.lost);
  EXPECT_EQ(last.because, "silence");
}

TEST_F(LockKeeperTest, KeepsItsLockWhenNobodyAnswersAKnockThatItCannotShow) {
  LockKeeper keeper(*desk_, AgentName{"ani"}, kept_turn(), "with");
  keeper.opened();
  auto last = next_tick(keeper, keeper.tick(now()));
  knock(*desk_);
  last = next_tick(keeper, last);
  ASSERT_TRUE(last.banner && *last.banner);
  clock_.advance((*last.banner)->until - now());
  last = keeper.tick(now());
  EXPECT_FALSE(last.lost);
  ASSERT_TRUE(last.banner);
  EXPECT_FALSE(*last.banner);
}

TEST_F(LockKeeperTest, ForgetsAKnockWhoseAskerHasGone) {
  LockKeeper keeper(*desk_, AgentName{"ani"}, kept_turn(), "with");
  keeper.opened();
  auto last = next_tick(keeper, keeper.tick(now()));
  perform(KnockAtLock{ServerName{"kantor-123"}, std::nullopt, "one minute?", true}, "budi");
  const auto asked_at = now();
  last = next_tick(keeper, last);
  ASSERT_TRUE(last.banner && *last.banner);
  do last = next_tick(keeper, last);
  while (!last.banner && now() < asked_at + Seconds{40});
  ASSERT_TRUE(last.banner);
  EXPECT_FALSE(*last.banner);
  EXPECT_LE(now(), asked_at + Seconds{11});
  clock_.advance(Seconds{15});
  EXPECT_FALSE(keeper.tick(now()).lost);
}

}  // namespace
}  // namespace gilir::cli
