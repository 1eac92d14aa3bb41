#include "core/guardian/permit.h"

#include <gtest/gtest.h>

namespace gilir {
namespace {

using namespace std::chrono_literals;

BootTime at(Milliseconds time) {
  return BootTime(time);
}

TEST(Permit, CountsEverythingFromBeforeTheRequestWasSent) {
  const Permit permit{60s, at(1'000ms)};
  EXPECT_EQ(permit.renew_at(), at(21s));
  EXPECT_EQ(permit.freeze_at(), at(51s));
  EXPECT_EQ(permit.cut_at(), at(56s));
  EXPECT_EQ(permit.retry_at(at(21s)), at(26s));
}

TEST(Permit, LeavesTimeToKillBeforeItEnds) {
  for (const Milliseconds term : {2'000ms, 3'000ms, 60'000ms, 3'600'000ms, 2'501ms}) {
    const Permit permit{term, at(0ms)};
    EXPECT_LT(permit.renew_at(), permit.freeze_at());
    EXPECT_LT(permit.freeze_at(), permit.cut_at());
    EXPECT_LT(permit.cut_at() + permit.grace(), at(term));
  }
}

TEST(Permit, GivesAGraceOfTwoSecondsAtMost) {
  EXPECT_EQ((Permit{3'600s, at(0ms)}).grace(), 2s);
  EXPECT_EQ((Permit{2'400ms, at(0ms)}).grace(), 100ms);
}

TEST(Permit, AllowsSeveralAttemptsToRenewBeforeInputFreezes) {
  const Permit permit{60s, at(0ms)};
  int attempts = 0;
  for (auto when = permit.renew_at(); when < permit.freeze_at(); when = permit.retry_at(when)) ++attempts;
  EXPECT_EQ(attempts, 6);
}

}  // namespace
}  // namespace gilir
