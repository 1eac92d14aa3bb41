// Random worlds against the lock arbiter. Environment:
//   GILIR_SIMULATION_STEPS   arbiter steps for each test that looks for faults (default 5,000,000; fewer where
//                            sanitizers slow each of them down)
//   GILIR_SIMULATION_SEED    the first world's seed (default 1); a failure prints the one to give here
#include <gtest/gtest.h>

#include <cstdlib>
#include <deque>
#include <iostream>
#include <sstream>

#include "tests/simulation/demand_mutants.h"
#include "tests/simulation/mutants.h"
#include "tests/simulation/world.h"

namespace gilir::simulation {
namespace {

constexpr std::int64_t steps_of_a_world = 20'000;

std::int64_t environment(const char* name, std::int64_t otherwise) {
  const char* text = std::getenv(name);
  return text && *text ? std::atoll(text) : otherwise;
}

// The last lines of what happened in the world that ended in a problem: it is run again, tracing.
std::string last_happenings(std::uint64_t seed, Guardians guardians, const Rules& rules) {
  std::stringstream trace;
  World(seed, guardians, rules, &trace).run(steps_of_a_world);
  std::deque<std::string> lines;
  for (std::string line; std::getline(trace, line);) {
    lines.push_back(line);
    if (lines.size() > 40) lines.pop_front();
  }
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

void expect_no_problem(Guardians guardians) {
  const std::int64_t steps = environment("GILIR_SIMULATION_STEPS", GILIR_USUAL_STEPS);
  const auto first = static_cast<std::uint64_t>(environment("GILIR_SIMULATION_SEED", 1));
  std::cout << "first seed " << first << ", " << steps << " steps\n";
  const Rules rules;
  std::int64_t done = 0;
  for (std::uint64_t seed = first; done < steps; ++seed) {
    World world(seed, guardians, rules);
    const std::string problem = world.run(std::min(steps_of_a_world, steps - done));
    done += world.steps();
    ASSERT_EQ(problem, "") << "step " << world.steps() << " of the world with GILIR_SIMULATION_SEED=" << seed << "\n"
                           << last_happenings(seed, guardians, rules);
  }
}

TEST(Simulation, KeepsEveryInvariantWithPunctualGuardians) {
  expect_no_problem(Guardians::punctual);
}

TEST(Simulation, KeepsEveryInvariantWithGuardiansAsLateAsTheLockDelay) {
  expect_no_problem(Guardians::late);
}

// Steps until the mutant is noticed; also prints as what.
void expect_caught(const Rules& mutant, const char* name) {
  const std::int64_t bound = 500'000;
  std::int64_t done = 0;
  for (std::uint64_t seed = 1; done < bound; ++seed) {
    World world(seed, Guardians::punctual, mutant);
    const std::string problem = world.run(steps_of_a_world);
    done += world.steps();
    if (problem.empty()) continue;
    std::cout << name << ": caught after " << done << " steps as \"" << problem << "\"\n";
    return;
  }
  FAIL() << name << " ran for " << done << " steps without being noticed";
}

TEST(Mutant, SettleIgnoresLeaseExpiry) {
  expect_caught(SettleIgnoresLeaseExpiry{}, "settle ignores lease expiry");
}
TEST(Mutant, RenewAcceptsAnOlderToken) {
  expect_caught(RenewAcceptsAnOlderToken{}, "renew accepts an older token");
}
TEST(Mutant, AnOfferSkipsTheHead) {
  expect_caught(AnOfferSkipsTheHead{}, "an offer skips the head");
}
TEST(Mutant, ALateReleaseFreesTheNewerLease) {
  expect_caught(ALateReleaseFreesTheNewerLease{}, "a late release frees the newer lease");
}
TEST(Mutant, ABreakForgetsTheLeaseThatWasSeen) {
  expect_caught(ABreakForgetsTheLeaseThatWasSeen{}, "a break forgets the lease that was seen");
}
TEST(Mutant, ACountdownIsNotWaitedFor) {
  expect_caught(ACountdownIsNotWaitedFor{}, "a countdown is not waited for");
}
TEST(Mutant, ACutLeavesNoMark) {
  expect_caught(ACutLeavesNoMark{}, "a cut leaves no mark");
}
TEST(Mutant, ADenialCountsAsAGrant) {
  expect_caught(ADenialCountsAsAGrant{}, "a denial counts as a grant");
}
TEST(Mutant, AStealNeedsNoAsker) {
  expect_caught(AStealNeedsNoAsker{}, "a steal needs no asker");
}
TEST(Mutant, AKnockNeedsNoAsker) {
  expect_caught(AKnockNeedsNoAsker{}, "a knock needs no asker");
}
TEST(Mutant, AKnockIsTakenBackByOthers) {
  expect_caught(AKnockIsTakenBackByOthers{}, "a knock is taken back by others");
}
TEST(Mutant, ClosedCountsAsOver) {
  expect_caught(ClosedCountsAsOver{}, "closed counts as over");
}
TEST(Mutant, ClientsTakeClosedForOver) {
  expect_caught(ClientsTakeClosedForOver{}, "clients take closed for over");
}
TEST(Mutant, ClosedShutsTheSeatTooShort) {
  expect_caught(ClosedShutsTheSeatTooShort{}, "closed shuts the seat too short");
}
TEST(Mutant, SilenceAlwaysGives) {
  expect_caught(SilenceAlwaysGives{}, "silence always gives");
}
TEST(Mutant, AReplayExecutesTwice) {
  expect_caught(AReplayExecutesTwice{}, "a replay executes twice");
}

}  // namespace
}  // namespace gilir::simulation
