#include "cli/session/asking.h"

#include "cli/arguments.h"
#include "cli/usage_error.h"
#include "core/operations/lock/ask.h"
#include "core/operations/operation.h"

namespace gilir::cli {

LeaseId lease_named(const Arguments& arguments) {
  const auto lease = arguments.number("lease", 1, largest_number);
  if (!lease) {
    throw usage_error(UsageProblem::missing_option)
        .with("option", "--lease")
        .with("found_with", "gilir lock show " + arguments.required_word("SERVER"));
  }
  return LeaseId{*lease};
}

bool withdraw_knock(DeskSession& desk, const ServerName& server, LeaseId lease) {
  try {
    desk.desk().perform(Call{desk.call().caller}, WithdrawKnock{server, lease});
    return true;
  } catch (const Error&) {
    return false;
  }
}

DemandView when_shown(DeskSession& desk, const DemandView& knock) {
  constexpr Milliseconds patience{500};
  if (knock.silence == Silence::gives) return knock;
  const auto until = SystemClock().now().boot + patience;
  auto seen = desk.desk().await({knock.server}, {}, Milliseconds{0}, -1);
  for (auto now = until - patience; now < until; now = SystemClock().now().boot) {
    const auto followed = desk.desk().perform(Call{desk.call().caller}, FollowDemand{knock.server, knock.lease}).result;
    if (!followed.demand || followed.demand->demand != knock.demand) return knock;
    if (followed.demand->silence == Silence::gives) return *followed.demand;
    seen = desk.desk().await({knock.server}, seen, until - now, -1);
  }
  return knock;
}

}  // namespace gilir::cli
