#include "core/lock/asking.h"
#include "tests/lock/lock_fixture.h"

namespace gilir {
namespace {

using namespace test;

class Demands : public LockTest {
 protected:
  void SetUp() override { add_server(kantor); }

  AskHolder asking_for(DemandKind kind, const GrantedSeat& seat, const AgentName& by) {
    return {seat.lease, kantor, kind, by, {}, "the printer is on fire", 30s, false};
  }
  Outcome ask(DemandKind kind, const GrantedSeat& seat, const AgentName& by) {
    return step(asking_for(kind, seat, by));
  }
  Outcome ask_at_once(DemandKind kind, const GrantedSeat& seat, const AgentName& by) {
    auto request = asking_for(kind, seat, by);
    request.at_once = true;
    return step(request);
  }
  void knock_and_stay(const GrantedSeat& seat, const AgentName& by) {
    auto request = asking_for(DemandKind::knock, seat, by);
    request.stays = true;
    expect<Asked>(step(request));
  }
  void show(const Demand& demand, const GrantedSeat& seat) {
    expect<Applied>(step(QuestionShown{demand.demand, seat.lease, seat.hold}));
  }
  Outcome hand_over(const GrantedSeat& seat, const AgentName& by, const AgentName& to) {
    auto request = asking_for(DemandKind::hand_over, seat, by);
    request.to = to;
    return step(request);
  }
  Acquire taking(const AgentName& agent, const GrantedSeat& seat, DemandKind kind = DemandKind::steal) {
    auto request = asking_in_line(agent, {kantor});
    request.taking = TakeOver{seat.lease, kind, "the printer is on fire", 30s, false};
    return request;
  }
  WaitId steal(const AgentName& agent, const GrantedSeat& seat) {
    return expect<Waiting>(step(taking(agent, seat))).wait;
  }
  bool is_held_by(const AgentName& agent) const { return lease_of(locks, kantor, agent) != nullptr; }
  bool is_ending() const { return !locks.unclosed.empty(); }
};

TEST_F(Demands, ABreakFreesTheServerWhenItsCountdownEnds) {
  const auto seat = acquire_timed(sari, kantor, 1h);
  expect<Asked>(ask(DemandKind::break_, seat, budi));
  EXPECT_EQ(told(), Told{"asked sari"});
  settle_after(29s);
  EXPECT_TRUE(is_held_by(sari));
  settle_after(1s);
  EXPECT_EQ(told(), (Told{"cut_ordered sari", "cut sari", "ended sari"}));
  EXPECT_EQ(events.front().by, budi);
  EXPECT_EQ(events.front().purpose, "the printer is on fire");
  EXPECT_EQ(events.front().token, seat.token);
}

TEST_F(Demands, OneThatTakesEffectAtOnceSaysThatItsTimeIsNow) {
  const auto seat = acquire_timed(sari, kantor, 1h);
  const auto asked = expect<Asked>(ask_at_once(DemandKind::break_, seat, budi));
  EXPECT_TRUE(asked.cut);
  EXPECT_EQ(asked.demand.deadline, (Deadline{now.boot, 0s}));
}

TEST_F(Demands, ACountdownNeverShortensTheTimeUntilTheSeatGoesOn) {
  const auto seat = acquire(sari, kantor);
  advance(10s);
  expect<Asked>(ask_at_once(DemandKind::break_, seat, budi));
  EXPECT_EQ(told(), (Told{"asked sari", "cut_ordered sari", "cut sari"}));
  EXPECT_TRUE(is_ending());
  expect<HeldByOthers>(step(asking(budi, {kantor})));
  settle_after(50s + 30s - 1ms);
  EXPECT_TRUE(is_ending());
  settle_after(1ms);
  EXPECT_EQ(told(), Told{"ended sari"});
}

TEST_F(Demands, ACutSessionStillCountsAmongItsAgentsLoginsUntilItMustHaveHeardOfIt) {
  const auto seat = acquire(sari, kantor);
  ask_at_once(DemandKind::break_, seat, budi);
  const auto refused = expect<HeldByOthers>(step(asking(sari, {kantor})));
  EXPECT_EQ(refused.blockers.at(0), (Blocker{kantor, sari, BlockReason::ending}));
  acquire_timed(sari, kantor, 10s);
  expect<HeldByOthers>(step(asking(sari, {kantor})));
  advance(60s);
  acquire(sari, kantor);
}

TEST_F(Demands, ACutSessionCountsForItsFullTermAgainAfterAReboot) {
  ask_at_once(DemandKind::break_, acquire(sari, kantor), budi);
  advance(40s);
  step(Reboot{});
  advance(60s - 1ms);
  expect<HeldByOthers>(step(asking(sari, {kantor})));
  advance(1ms);
  acquire(sari, kantor);
}

TEST_F(Demands, TheSeatGoesOnAtOnceWhenTheCutSessionIsReportedClosed) {
  const auto seat = acquire(sari, kantor);
  const auto waiter = wait(dewi, {kantor});
  ask_at_once(DemandKind::break_, seat, budi);
  expect<Lost>(renew(seat));
  expect<Lost>(release(seat));
  EXPECT_TRUE(is_offered(waiter));
}

TEST_F(Demands, NameTheLeaseThatWasSeenAndNoOther) {
  const auto old = acquire(sari, kantor);
  release(old);
  acquire(dewi, kantor);
  expect<LeaseOver>(ask(DemandKind::break_, old, budi));
  expect<LeaseOver>(step(taking(budi, old)));
  EXPECT_TRUE(locks.demands.empty());
}

TEST_F(Demands, DieWithTheirLease) {
  const auto seat = acquire(sari, kantor);
  ask(DemandKind::break_, seat, budi);
  release(seat);
  EXPECT_EQ(told(), (Told{"released sari", "demand_ended sari", "ended sari"}));
  acquire(dewi, kantor);
  settle_after(30s);
  EXPECT_TRUE(is_held_by(dewi));
}

TEST_F(Demands, SilenceIsAGrantWhenSomebodyKnocks) {
  const auto seat = acquire_timed(sari, kantor, 1h);
  ask(DemandKind::knock, seat, budi);
  settle_after(30s);
  EXPECT_FALSE(is_held_by(sari));
}

TEST_F(Demands, SilenceKeepsASessionThatMayHaveMissedTheQuestion) {
  const auto seat = acquire(sari, kantor);
  EXPECT_EQ(expect<Asked>(ask(DemandKind::knock, seat, budi)).silence, Silence::keeps);
  settle_after(30s);
  EXPECT_EQ(told(), Told{"demand_ended sari"});
  EXPECT_EQ(events.front().demand_end, DemandEnd::unanswered);
  EXPECT_TRUE(is_held_by(sari));
}

TEST_F(Demands, SilenceGivesASessionThatShowsTheQuestion) {
  const auto seat = acquire(sari, kantor);
  show(expect<Asked>(ask(DemandKind::knock, seat, budi)).demand, seat);
  settle_after(30s);
  EXPECT_EQ(told(), (Told{"cut_ordered sari", "cut sari"}));
  EXPECT_TRUE(events.front().by_silence);
}

TEST_F(Demands, SilenceKeepsALeaseOfWhichOneSessionMayHaveMissedTheQuestion) {
  add_server(kantor, {.server = {}, .logins = 2});
  const auto seat = acquire(sari, kantor);
  acquire_timed(sari, kantor, 1h);
  const auto knock = expect<Asked>(ask(DemandKind::knock, seat, budi)).demand;
  show(knock, seat);
  EXPECT_EQ(silence_of(locks, knock), Silence::gives);
  acquire(sari, kantor);
  EXPECT_EQ(silence_of(locks, knock), Silence::keeps);
}

TEST_F(Demands, WhatWasShownOfAnEarlierQuestionDoesNotCount) {
  const auto seat = acquire(sari, kantor);
  const auto earlier = expect<Asked>(ask(DemandKind::knock, seat, budi)).demand;
  show(earlier, seat);
  expect<Applied>(step(WithdrawDemand{seat.lease, kantor, budi}));
  EXPECT_EQ(expect<Asked>(ask(DemandKind::knock, seat, dewi)).silence, Silence::keeps);
  expect<NoDemand>(step(QuestionShown{earlier.demand, seat.lease, seat.hold}));
}

TEST_F(Demands, WhoWasDeniedAsksForAnotherReasonOrTenMinutesLater) {
  const auto seat = acquire_timed(sari, kantor, 1h);
  ask(DemandKind::knock, seat, budi);
  expect<Applied>(step(AnswerDemand{seat.lease, kantor, sari, false}));
  const auto refused = expect<RefusedLately>(ask(DemandKind::knock, seat, budi)).refusal;
  EXPECT_EQ(refused.until.at, now.boot + 10min);
  expect<Asked>(ask(DemandKind::knock, seat, dewi));
  expect<Applied>(step(WithdrawDemand{seat.lease, kantor, dewi}));
  auto other = asking_for(DemandKind::knock, seat, budi);
  other.reason = "now the cellar is";
  expect<Asked>(step(other));
  expect<Applied>(step(WithdrawDemand{seat.lease, kantor, budi}));
  advance(10min);
  expect<Asked>(ask(DemandKind::knock, seat, budi));
}

TEST_F(Demands, TheHolderMayDenyAKnock) {
  const auto seat = acquire_timed(sari, kantor, 1h);
  ask(DemandKind::knock, seat, budi);
  expect<Applied>(step(AnswerDemand{seat.lease, kantor, sari, false}));
  EXPECT_EQ(told(), Told{"demand_ended sari"});
  EXPECT_EQ(events.front().demand_end, DemandEnd::denied);
  settle_after(30s);
  EXPECT_TRUE(is_held_by(sari));
}

TEST_F(Demands, TheHolderMayGrantAKnockBeforeItsTime) {
  const auto seat = acquire_timed(sari, kantor, 1h);
  ask(DemandKind::knock, seat, budi);
  expect<Applied>(step(AnswerDemand{seat.lease, kantor, sari, true}));
  EXPECT_FALSE(is_held_by(sari));
}

TEST_F(Demands, NobodyElseMayAnswerAKnock) {
  const auto seat = acquire_timed(sari, kantor, 1h);
  ask(DemandKind::knock, seat, budi);
  expect<NoDemand>(step(AnswerDemand{seat.lease, kantor, budi, true}));
  EXPECT_TRUE(is_held_by(sari));
}

TEST_F(Demands, WhoKnockedMayTakeItBack) {
  const auto seat = acquire_timed(sari, kantor, 1h);
  ask(DemandKind::knock, seat, budi);
  expect<NoDemand>(step(WithdrawDemand{seat.lease, kantor, dewi}));
  expect<Applied>(step(WithdrawDemand{seat.lease, kantor, budi}));
  EXPECT_EQ(events.front().demand_end, DemandEnd::withdrawn);
  expect<NoDemand>(step(WithdrawDemand{seat.lease, kantor, budi}));
  settle_after(30s);
  EXPECT_TRUE(is_held_by(sari));
}

TEST_F(Demands, AKnockEndsWhenWhoStayedForItsAnswerHasGone) {
  const auto seat = acquire_timed(sari, kantor, 1h);
  knock_and_stay(seat, budi);
  settle_after(10s - 1ms);
  EXPECT_EQ(told(), Told{});
  settle_after(1ms);
  EXPECT_EQ(told(), Told{"demand_ended sari"});
  EXPECT_EQ(events.front().demand_end, DemandEnd::no_asker);
  EXPECT_EQ(events.front().demand, DemandKind::knock);
  settle_after(30s);
  EXPECT_TRUE(is_held_by(sari));
  expect<Asked>(ask(DemandKind::knock, seat, dewi));
}

TEST_F(Demands, SilenceIsAGrantToWhoStaysForTheAnswer) {
  const auto seat = acquire_timed(sari, kantor, 1h);
  knock_and_stay(seat, budi);
  for (int i = 0; i < 5; ++i) {
    advance(5s);
    expect<Applied>(step(KeepAsking{seat.lease, kantor, budi}));
  }
  settle_after(5s);
  EXPECT_FALSE(is_held_by(sari));
}

TEST_F(Demands, ThatItsAskerStaysIsStoredNoMoreOftenThanItMatters) {
  const auto seat = acquire_timed(sari, kantor, 1h);
  knock_and_stay(seat, budi);
  advance(4s);
  const auto asker = locks.demands.front().asker;
  expect<Applied>(step(KeepAsking{seat.lease, kantor, budi}));
  EXPECT_EQ(locks.demands.front().asker, asker);
  advance(1s);
  expect<Applied>(step(KeepAsking{seat.lease, kantor, budi}));
  EXPECT_EQ(locks.demands.front().asker, (Deadline{now.boot + 10s, 10s}));
}

TEST_F(Demands, NobodyElseStaysForWhoKnocked) {
  const auto seat = acquire_timed(sari, kantor, 1h);
  knock_and_stay(seat, budi);
  advance(9s);
  expect<NoDemand>(step(KeepAsking{seat.lease, kantor, dewi}));
  expect<NoDemand>(step(KeepAsking{seat.lease, gudang, budi}));
  settle_after(1s);
  EXPECT_TRUE(locks.demands.empty());
}

TEST_F(Demands, WhoDidNotSayThatHeStaysNeedNotStay) {
  const auto seat = acquire_timed(sari, kantor, 1h);
  ask(DemandKind::knock, seat, budi);
  expect<NoDemand>(step(KeepAsking{seat.lease, kantor, budi}));
  settle_after(30s);
  EXPECT_FALSE(is_held_by(sari));
}

TEST_F(Demands, WhoKnockedIsGoneAtTheInstantAtWhichSilenceWouldHaveGranted) {
  const auto seat = acquire_timed(sari, kantor, 1h);
  auto request = asking_for(DemandKind::knock, seat, budi);
  request.stays = true;
  request.countdown = 10s;
  step(request);
  settle_after(10s);
  EXPECT_TRUE(is_held_by(sari));
}

TEST_F(Demands, OnlyAKnockNeedsItsAskerToStay) {
  const auto seat = acquire_timed(sari, kantor, 1h);
  auto request = asking_for(DemandKind::break_, seat, budi);
  request.stays = true;
  step(request);
  expect<NoDemand>(step(KeepAsking{seat.lease, kantor, budi}));
  settle_after(29s);
  EXPECT_EQ(locks.demands.size(), 1u);
  settle_after(1s);
  EXPECT_FALSE(is_held_by(sari));
}

TEST_F(Demands, WhoKnockedHasHisFullTimeAgainAfterAReboot) {
  const auto seat = acquire_timed(sari, kantor, 1h);
  knock_and_stay(seat, budi);
  advance(9s);
  step(Reboot{});
  settle_after(10s - 1ms);
  EXPECT_EQ(locks.demands.size(), 1u);
  settle_after(1ms);
  EXPECT_TRUE(locks.demands.empty());
}

TEST_F(Demands, ABreakIsNotTakenBack) {
  const auto seat = acquire_timed(sari, kantor, 1h);
  ask(DemandKind::break_, seat, budi);
  expect<NoDemand>(step(WithdrawDemand{seat.lease, kantor, budi}));
}

TEST_F(Demands, AGrantedKnockServesTheLineInItsOrder) {
  const auto seat = acquire_timed(sari, kantor, 1h);
  const auto first = wait(dewi, {kantor});
  const auto knocker = wait(budi, {kantor});
  ask(DemandKind::knock, seat, budi);
  step(AnswerDemand{seat.lease, kantor, sari, true});
  EXPECT_TRUE(is_offered(first));
  EXPECT_FALSE(is_offered(knocker));
}

TEST_F(Demands, TheHolderCannotDenyABreak) {
  const auto seat = acquire_timed(sari, kantor, 1h);
  ask(DemandKind::break_, seat, budi);
  expect<NoDemand>(step(AnswerDemand{seat.lease, kantor, sari, false}));
}

TEST_F(Demands, AStealGoesBeforeTheLine) {
  const auto seat = acquire_timed(sari, kantor, 1h);
  const auto first = wait(dewi, {kantor});
  const auto thief = steal(budi, seat);
  advance(10s);
  renew_wait(dewi, first);
  renew_wait(budi, thief);
  advance(10s);
  renew_wait(dewi, first);
  renew_wait(budi, thief);
  settle_after(10s);
  EXPECT_TRUE(is_offered(thief));
  EXPECT_FALSE(is_offered(first));
  expect<Granted>(renew_wait(budi, thief));
  EXPECT_TRUE(is_held_by(budi));
}

TEST_F(Demands, AStealOfATimedHoldWithoutACountdownIsGrantedAtOnce) {
  const auto seat = acquire_timed(sari, kantor, 1h);
  auto request = taking(budi, seat);
  request.taking->at_once = true;
  EXPECT_GT(expect<Granted>(step(request)).seats.at(0).token, seat.token);
  EXPECT_FALSE(is_held_by(sari));
}

TEST_F(Demands, AStealWhoseAskerGoesBecomesABreak) {
  const auto seat = acquire_timed(sari, kantor, 1h);
  const auto thief = steal(budi, seat);
  step(Leave{thief});
  EXPECT_EQ(told(), (Told{"wait_ended budi left", "demand_ended sari"}));
  EXPECT_EQ(events.back().demand_end, DemandEnd::no_asker);
  const auto other = wait(dewi, {kantor});
  for (int i = 0; i < 3; ++i) {
    settle_after(10s);
    renew_wait(dewi, other);
  }
  EXPECT_TRUE(is_held_by(dewi));
}

TEST_F(Demands, AThiefWhoGetsAnotherSeatMeanwhileTakesNone) {
  ServerLock two_seats;
  two_seats.seats = 2;
  add_server(gudang, two_seats);
  const auto first = acquire_timed(sari, gudang, 1h);
  const auto second = acquire_timed(dewi, gudang, 1h);
  auto request = asking_in_line(budi, {gudang});
  request.taking = TakeOver{first.lease, DemandKind::steal, "x", 30s, false};
  const auto thief = expect<Waiting>(step(request)).wait;
  release(second);
  expect<Granted>(renew_wait(budi, thief));
  settle_after(30s);
  EXPECT_NE(lease_of(locks, gudang, sari), nullptr);
}

TEST_F(Demands, AStealByOneWhoWaitsAlreadyMovesHisPlaceToTheFront) {
  const auto seat = acquire_timed(sari, kantor, 1h);
  wait(dewi, {kantor});
  const auto own = wait(budi, {kantor});
  const auto thief = steal(budi, seat);
  EXPECT_EQ(row_of(locks.waits, &Wait::wait, own).place, row_of(locks.waits, &Wait::wait, thief).place);
  EXPECT_EQ(line_at(locks, kantor).front(), row_of(locks.waits, &Wait::wait, own).place);
}

TEST_F(Demands, OfSeveralStealsTheLatestStandsFirst) {
  ServerLock three_seats;
  three_seats.seats = 3;
  add_server(gudang, three_seats);
  const std::vector<GrantedSeat> seats{acquire_timed(sari, gudang, 1h), acquire_timed(dewi, gudang, 1h),
                                       acquire_timed(AgentName{"agus"}, gudang, 1h)};
  const auto place_of = [&](WaitId wait) { return row_of(locks.waits, &Wait::wait, wait).place; };
  std::vector<PlaceId> line{place_of(wait(AgentName{"rini"}, {gudang}))};
  const std::vector<AgentName> thieves{budi, tono, AgentName{"wati"}};
  for (std::size_t i = 0; i < thieves.size(); ++i) {
    auto request = asking_in_line(thieves[i], {gudang});
    request.taking = TakeOver{seats[i].lease, DemandKind::steal, "x", 30s, false};
    line.insert(line.begin(), place_of(expect<Waiting>(step(request)).wait));
  }
  EXPECT_EQ(line_at(locks, gudang), line);
}

TEST_F(Demands, OneLeaseHasOneAndAStrongerOneTakesItsPlace) {
  const auto seat = acquire_timed(sari, kantor, 1h);
  ask(DemandKind::knock, seat, budi);
  EXPECT_EQ(expect<AskedAlready>(ask(DemandKind::knock, seat, dewi)).standing.by, budi);
  expect<Asked>(ask(DemandKind::break_, seat, dewi));
  EXPECT_EQ(told(), (Told{"demand_ended sari", "asked sari"}));
  expect<AskedAlready>(ask(DemandKind::break_, seat, budi));
  expect<AskedAlready>(step(taking(budi, seat)));
  expect<AskedAlready>(ask(DemandKind::knock, seat, budi));
  EXPECT_EQ(row_of(locks.demands, &Demand::lease, seat.lease).by, dewi);
}

TEST_F(Demands, AHandOverIsAcceptedByTheAgentItIsFor) {
  const auto seat = acquire_timed(sari, kantor, 1h);
  const auto other = wait(dewi, {kantor});
  hand_over(seat, sari, budi);
  expect<NoDemand>(step(taking(tono, seat, DemandKind::hand_over)));
  EXPECT_TRUE(is_held_by(sari));
  expect<Granted>(step(taking(budi, seat, DemandKind::hand_over)));
  EXPECT_TRUE(is_held_by(budi));
  EXPECT_FALSE(is_offered(other));
}

TEST_F(Demands, NothingIsAcceptedThatWasNotOffered) {
  const auto seat = acquire_timed(sari, kantor, 1h);
  expect<NoDemand>(step(taking(budi, seat, DemandKind::hand_over)));
  ask(DemandKind::knock, seat, budi);
  expect<NoDemand>(step(taking(budi, seat, DemandKind::hand_over)));
  EXPECT_TRUE(is_held_by(sari));
}

TEST_F(Demands, AHandedOverSessionStandsUntilItIsClosedAndThenTheTakerIsNext) {
  const auto seat = acquire(sari, kantor);
  const auto other = wait(dewi, {kantor});
  hand_over(seat, sari, budi);
  const auto taker = expect<Waiting>(step(taking(budi, seat, DemandKind::hand_over))).wait;
  EXPECT_TRUE(is_ending());
  release(seat);
  EXPECT_TRUE(is_offered(taker));
  EXPECT_FALSE(is_offered(other));
}

TEST_F(Demands, AHandOverToOneWhoWaitsNeedsNoFurtherAcceptance) {
  const auto seat = acquire_timed(sari, kantor, 1h);
  wait(dewi, {kantor});
  const auto taker = wait(budi, {kantor});
  ask(DemandKind::knock, seat, budi);
  EXPECT_TRUE(expect<Asked>(hand_over(seat, sari, budi)).cut);
  EXPECT_TRUE(is_offered(taker));
}

TEST_F(Demands, AHandOverThatNobodyAcceptsLapsesAndMayBeTakenBack) {
  const auto seat = acquire_timed(sari, kantor, 1h);
  hand_over(seat, sari, budi);
  settle_after(30s);
  EXPECT_EQ(events.front().demand_end, DemandEnd::lapsed);
  EXPECT_TRUE(is_held_by(sari));
  hand_over(seat, sari, budi);
  expect<Applied>(step(AnswerDemand{seat.lease, kantor, sari, false}));
  EXPECT_TRUE(locks.demands.empty());
}

TEST_F(Demands, TheCutOfOneLeaseOfASetEndsTheSet) {
  add_server(gudang);
  const auto granted = expect<Granted>(step(asking(sari, {kantor, gudang})));
  ask_at_once(DemandKind::break_, granted.seats.at(1), budi);
  EXPECT_TRUE(locks.leases.empty());
  EXPECT_EQ(locks.unclosed.size(), 2u);
}

TEST_F(Demands, StartAgainWithTheirFullCountdownAfterAReboot) {
  const auto seat = acquire_timed(sari, kantor, 1h);
  ask(DemandKind::break_, seat, budi);
  advance(20s);
  step(Reboot{});
  settle_after(29s);
  EXPECT_TRUE(is_held_by(sari));
  settle_after(1s);
  EXPECT_FALSE(is_held_by(sari));
}

TEST_F(Demands, AWaitBehindALeaseUnderABreakIsNoCircle) {
  add_server(gudang);
  const auto seat = acquire_timed(sari, kantor, 1h);
  acquire_timed(budi, gudang, 1h);
  wait(sari, {gudang});
  expect<DeadlockRefused>(step(asking_in_line(budi, {kantor})));
  ask(DemandKind::break_, seat, budi);
  expect<Waiting>(step(asking_in_line(budi, {kantor})));
}

}  // namespace
}  // namespace gilir
