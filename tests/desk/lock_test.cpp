#include "core/operations/desk/tick.h"
#include "core/operations/lock/ask.h"
#include "core/operations/lock/due.h"
#include "core/operations/lock/renew.h"
#include "core/operations/lock/session.h"
#include "tests/desk/desk_fixture.h"

namespace gilir {
namespace {

class Locking : public DeskTest {
 protected:
  Locking() {
    add_agent("budi");
    add_server("kantor-123");
  }

  static ServerName kantor() { return ServerName{"kantor-123"}; }
  ReleasedHold release(std::optional<HoldId> hold = std::nullopt, const std::string& caller = "ani") {
    return perform(ReleaseLock{kantor(), hold}, caller);
  }
  static AcquireLock kept_hold() {
    auto operation = timed_hold("kantor-123");
    operation.kind = HoldKind::kept;
    operation.pid = 4711;
    return operation;
  }
  Acquired stand_in_line(const std::string& caller) {
    auto operation = timed_hold("kantor-123");
    operation.wait = true;
    return perform(operation, caller);
  }
};

TEST_F(Locking, AHeldServerTellsWhoHasItAndWhatForAndOnesPlace) {
  acquire("kantor-123", "ani");
  const auto error = thrown_by([&] { acquire("kantor-123", "budi"); });
  EXPECT_EQ(error.code(), ErrorCode::held);
  EXPECT_NE(error.detail("lock").find("\"agent\":\"ani\""), std::string::npos) << error.what();
  EXPECT_EQ(error.text("position"), "1");
}

TEST_F(Locking, ARefusalTellsWhichTicketOfTheHolderLooksLikeOnesOwn) {
  const auto theirs = file_ticket("Aplikasi kasir menolak faktur pajak");
  const auto own = file_ticket("Aplikasi kasir menolak faktur pajak");
  auto operation = timed_hold("kantor-123");
  operation.ticket = theirs.number;
  perform(operation, "ani");
  operation.ticket = own.number;
  const auto related = [&] { return std::string(thrown_by([&] { perform(operation, "budi"); }).detail("related")); };
  EXPECT_NE(related().find(R"({"number":1,"strength":"likely")"), std::string::npos) << related();
  // Of an index that is damaged there is nothing to be told; the refusal stays what it is.
  store::Connection(store::ConnectionOptions{path() + "/desk.db"}).run("DROP TABLE indexed_text");
  EXPECT_EQ(thrown_by([&] { perform(operation, "budi"); }).code(), ErrorCode::held);
  operation.ticket.reset();
  EXPECT_EQ(related(), "[]");
}

TEST_F(Locking, AReleasedServerIsFreeForTheNext) {
  acquire("kantor-123", "ani");
  EXPECT_TRUE(release().lease_over);
  EXPECT_EQ(acquire("kantor-123", "budi").agent, AgentName{"budi"});
}

TEST_F(Locking, TokensRiseFromLeaseToLease) {
  const auto first = acquire("kantor-123", "ani").token;
  release();
  EXPECT_GT(acquire("kantor-123", "budi").token.value, first.value);
}

TEST_F(Locking, AReleaseTouchesOneHoldOnly) {
  const auto first = acquire("kantor-123");
  const auto second = acquire("kantor-123");
  EXPECT_TRUE(second.shared);
  EXPECT_EQ(second.lease, first.lease);
  EXPECT_EQ(thrown_by([&] { release(); }).detail("holds"), "[1,2]");
  EXPECT_FALSE(release(first.hold).lease_over);
  EXPECT_TRUE(release(second.hold).lease_over);
}

TEST_F(Locking, NobodyGivesBackOrRenewsWhatAnotherHolds) {
  const auto lease = acquire("kantor-123", "ani");
  expect_error(ErrorCode::not_allowed, [&] { release(lease.hold, "budi"); });
  expect_error(ErrorCode::not_allowed, [&] { perform(RenewLock{kantor(), lease.hold}, "budi"); });
  expect_error(ErrorCode::not_found, [&] { release(std::nullopt, "budi"); });
  EXPECT_EQ(lock("kantor-123").seats_free, 0);
}

TEST_F(Locking, NobodyEndsTheSessionOfAnother) {
  const auto lease = perform(kept_hold(), "ani").leases.front();
  EndSession end;
  end.holds = {{kantor(), lease.hold}};
  end.kind = "ssh";
  const auto events = log().size();
  for (const bool closed : {true, false}) {
    end.closed = closed;
    expect_error(ErrorCode::not_allowed, [&] { perform(end, "budi"); });
    EXPECT_EQ(log().size(), events);
    EXPECT_EQ(lock("kantor-123").holders.size(), 1U);
  }
  // Nor when it has run out and its seat is not free yet.
  clock_.advance(Seconds{61});
  end.left_behind = true;
  expect_error(ErrorCode::not_allowed, [&] { perform(end, "budi"); });
  end.closed = true;
  perform(end, "ani");
  EXPECT_EQ(lock("kantor-123").seats_free, 1);
}

TEST_F(Locking, AReadKnowsWhyALockWasTakenBeforeAChangeHasToldOfIt) {
  const auto lease = perform(kept_hold(), "budi").leases.front();
  perform(BreakLock{kantor(), lease.lease, "the disk is full"});
  clock_.advance(Seconds{30});
  const auto error = thrown_by([&] { perform(LookAtHolds{{kantor()}, {lease.hold}}, "budi"); });
  EXPECT_EQ(error.code(), ErrorCode::lost);
  EXPECT_EQ(error.text("because"), "break");
  EXPECT_EQ(error.text("by"), "ani");
  EXPECT_EQ(error.text("reason"), "the disk is full");
}

TEST_F(Locking, ARecordThatIsReadBeforeAChangeTellsWhatTheLogWillTell) {
  const auto broken = acquire("kantor-123", "budi");
  EXPECT_TRUE(perform(ListDueEvents{kantor()}).events.empty());
  perform(BreakLock{kantor(), broken.lease, "the disk is full"});
  clock_.advance(Seconds{30});
  const auto due = perform(ListDueEvents{kantor()}).events;
  const auto told = log().size();
  perform(TickDesk{});
  const auto after = log();
  ASSERT_EQ(after.size(), told + due.size());
  for (std::size_t i = 0; i < due.size(); ++i) {
    EXPECT_EQ(due[i].kind, after[told + i].kind);
    EXPECT_EQ(to_json(due[i].facts), to_json(after[told + i].facts));
  }
  ASSERT_FALSE(due.empty());
  EXPECT_EQ(due.front().kind, "lock.cut_ordered");
  EXPECT_EQ(due.front().facts.by, AgentName{"ani"});
}

TEST_F(Locking, AHoldOfAnotherServerIsNotGivenBackHere) {
  add_server("app-1");
  const auto there = acquire("app-1");
  acquire("kantor-123");
  EXPECT_EQ(exit_code(thrown_by([&] { release(there.hold); }).code()), exit_code(ErrorCode::lost));
  EXPECT_EQ(lock("app-1").seats_free, 0);
  EXPECT_EQ(lock("kantor-123").seats_free, 0);
}

TEST_F(Locking, AKeptHoldIsGivenBackByItsProcessOnly) {
  const auto lease = perform(kept_hold()).leases.front();
  const auto error = thrown_by([&] { release(lease.hold); });
  EXPECT_EQ(error.code(), ErrorCode::in_use);
  EXPECT_EQ(error.text("by"), "4711");
}

TEST_F(Locking, ATimedHoldEndsAtItsEndAndItsSeatIsFreeAtOnce) {
  const auto lease = acquire("kantor-123", "ani");
  clock_.advance(std::chrono::minutes{10} - Milliseconds{1});
  EXPECT_EQ(lock("kantor-123").seats_free, 0);
  clock_.advance(Milliseconds{1});
  EXPECT_EQ(lock("kantor-123").seats_free, 1);
  acquire("kantor-123", "budi");
  expect_error(ErrorCode::lost, [&] { release(lease.hold, "ani"); });
}

// I6: a seat whose holder died is free within its term and the lock-delay, however late somebody looks.
TEST_F(Locking, ASeatWhoseHolderDiedIsFreeAfterTermAndLockDelayThoughNobodyLooked) {
  perform(kept_hold(), "ani");
  clock_.advance(Seconds{89});
  expect_error(ErrorCode::held, [&] { acquire("kantor-123", "budi"); });
  clock_.advance(Seconds{1});
  EXPECT_EQ(acquire("kantor-123", "budi").agent, AgentName{"budi"});
}

TEST_F(Locking, ASeatThatNobodyAskedForIsFreeLongAfterItsHolderDied) {
  perform(kept_hold(), "ani");
  clock_.advance(std::chrono::hours{5});
  EXPECT_EQ(acquire("kantor-123", "budi").agent, AgentName{"budi"});
}

TEST_F(Locking, ARenewalGivesTheFullTermAgainAndLeavesNoEvent) {
  acquire("kantor-123");
  clock_.advance(std::chrono::minutes{9});
  const auto events = log().size();
  EXPECT_EQ(perform(RenewLock{kantor(), std::nullopt}).holds.front().expires_in_s, std::chrono::minutes{10});
  EXPECT_EQ(log().size(), events);
  clock_.advance(std::chrono::minutes{9});
  EXPECT_EQ(lock("kantor-123").seats_free, 0);
}

TEST_F(Locking, AKnockEndsWithItsAskerUnlessHeFollowsIt) {
  acquire("kantor-123");
  const KnockAtLock knock{ServerName{"kantor-123"}, std::nullopt, "one minute?", true};
  const auto lease = perform(knock, "budi").demand.lease;
  const FollowDemand follow{ServerName{"kantor-123"}, lease};
  clock_.advance(Seconds{9});
  EXPECT_TRUE(perform(follow, "budi").demand);
  clock_.advance(Seconds{9});
  // Somebody else's look keeps nobody there.
  EXPECT_TRUE(perform(follow, "ani").demand);
  clock_.advance(Seconds{1});
  const auto over = perform(follow, "budi");
  EXPECT_FALSE(over.demand);
  EXPECT_EQ(over.because, "no_asker");
  perform(knock, "budi");
  for (int i = 0; i < 6; ++i) {
    clock_.advance(Seconds{5});
    perform(follow, "budi");
  }
  EXPECT_EQ(perform(follow, "budi").because, "silence");
  EXPECT_TRUE(lock("kantor-123").holders.empty());
}

TEST_F(Locking, HowADemandEndedIsKnownForADayWhateverHappensThere) {
  acquire("kantor-123");
  const auto lease = perform(KnockAtLock{kantor(), std::nullopt, "one minute?"}, "budi").demand.lease;
  perform(AnswerKnock{kantor(), false});
  const FollowDemand follow{kantor(), lease};
  EXPECT_EQ(perform(follow, "budi").because, "denied");
  for (int i = 0; i < 501; ++i) release(acquire("kantor-123").hold);
  EXPECT_EQ(perform(follow, "budi").because, "denied");
  clock_.advance(std::chrono::hours{25});
  perform(TickDesk{});
  EXPECT_EQ(perform(follow, "budi").because, "lease_over");
}

TEST_F(Locking, WhoseLockWasBrokenIsToldByWhomAndWhyForADay) {
  const auto hold = perform(kept_hold(), "budi").leases.front();
  perform(BreakLock{kantor(), hold.lease, "the office waits", true}, "ani");
  const auto loss = [&] { return thrown_by([&] { perform(RenewLock{kantor(), hold.hold}, "budi"); }); };
  EXPECT_EQ(loss().code(), ErrorCode::lost);
  EXPECT_EQ(loss().text("because"), "break");
  EXPECT_EQ(loss().text("by"), "ani");
  EXPECT_EQ(loss().text("reason"), "the office waits");
  clock_.advance(std::chrono::hours{25});
  acquire("kantor-123", "ani");
  clock_.advance(std::chrono::hours{1});
  perform(TickDesk{});
  EXPECT_EQ(loss().text("because"), "over");
}

// The desk of a gilir from before.
TEST_F(Locking, WhatEndedWithinADayIsKnownFromTheLogOfAnOlderDesk) {
  const auto rows = [&] {
    store::Connection connection({path() + "/desk.db"});
    return connection.all<std::string>(
        "SELECT kind || ' ' || id || ' ' || server || ' ' || because || ' ' || \"by\" || ' ' || reason || ' ' || hold "
        "FROM ended ORDER BY kind, id, server");
  };
  perform(BreakLock{kantor(), perform(kept_hold(), "budi").leases.front().lease, "the office waits", true}, "ani");
  clock_.advance(std::chrono::minutes{5});
  const auto hold = acquire("kantor-123", "budi");
  perform(KnockAtLock{kantor(), hold.lease, "one minute?"}, "ani");
  perform(AnswerKnock{kantor(), false}, "budi");
  auto turn = timed_hold("kantor-123");
  turn.in_line = stand_in_line("ani").wait;
  release(hold.hold, "budi");
  perform(turn, "ani");
  clock_.advance(std::chrono::minutes{10});
  perform(TickDesk{});
  const auto before = rows();
  EXPECT_EQ(before.size(), 5U);
  desk_.reset();
  store::Connection({path() + "/desk.db"}).script("DROP TABLE ended; PRAGMA user_version=20");
  open();
  perform(ShowLock{kantor()});
  EXPECT_EQ(rows(), before);
}

TEST_F(Locking, OnesOwnHoldsAndPlacesAreListed) {
  acquire("kantor-123", "ani");
  stand_in_line("budi");
  const auto held = perform(ListOwnLocks{}, "ani").locks;
  ASSERT_EQ(held.size(), 1U);
  EXPECT_FALSE(held.front().waiting);
  EXPECT_EQ(held.front().expires_in_s, std::chrono::minutes{10});
  const auto waited = perform(ListOwnLocks{}, "budi").locks;
  ASSERT_EQ(waited.size(), 1U);
  EXPECT_TRUE(waited.front().waiting);
  EXPECT_EQ(waited.front().position, 1);
}

TEST_F(Locking, WhoKnockedIsToldThatTheServerWasLetGoUntilTheyTakeItOrAnHourHasPassed) {
  const auto granted = [&](const std::string& agent) { return perform(ListOwnLocks{}, agent).granted; };
  const auto knock = [&] { perform(KnockAtLock{kantor(), std::nullopt, "one minute?"}, "budi"); };
  acquire("kantor-123", "ani");
  knock();
  EXPECT_TRUE(granted("budi").empty());
  perform(AnswerKnock{kantor(), true});
  EXPECT_TRUE(granted("ani").empty());
  ASSERT_EQ(granted("budi").size(), 1U);
  EXPECT_EQ(granted("budi").front().server, kantor());
  EXPECT_EQ(granted("budi").front().holder, AgentName{"ani"});
  EXPECT_TRUE(granted("budi").front().free);
  const auto again = acquire("kantor-123", "ani");
  EXPECT_FALSE(granted("budi").front().free);
  release(again.hold);
  clock_.advance(std::chrono::minutes{61});
  EXPECT_TRUE(granted("budi").empty());

  acquire("kantor-123", "ani");
  knock();
  perform(AnswerKnock{kantor(), true});
  EXPECT_EQ(granted("budi").size(), 1U);
  acquire("kantor-123", "budi");
  EXPECT_TRUE(granted("budi").empty());
}

TEST_F(Locking, OnlyServersInUseAreListedUnlessAllAreAskedFor) {
  add_server("app-1");
  acquire("kantor-123");
  ListLocks operation;
  operation.count = true;
  EXPECT_EQ(perform(operation).locks.size(), 1U);
  EXPECT_EQ(perform(operation).total, 1);
  operation.all = true;
  EXPECT_EQ(perform(operation).total, 2);
}

}  // namespace
}  // namespace gilir
