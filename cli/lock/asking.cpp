#include "cli/lock/asking.h"

#include "cli/arguments.h"
#include "cli/usage_error.h"
#include "core/operations/lock/ask.h"
#include "core/operations/operation.h"

namespace gilir::cli {

LeaseId lease_named(const Arguments& arguments) {
  const auto lease = arguments.number("lease", 1, largest_number);
  if (!lease) throw usage_error(UsageProblem::missing_option).with("option", "--lease");
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

}  // namespace gilir::cli
