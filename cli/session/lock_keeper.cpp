#include "cli/session/lock_keeper.h"

#include <algorithm>

#include "cli/output/error_words.h"
#include "cli/output/style.h"
#include "cli/output/translate.h"
#include "core/base/text.h"
#include "core/operations/lock/renew.h"

namespace gilir::cli {
namespace {

// A renewal that cannot pass the gate in time is tried again; the permit runs on meanwhile.
constexpr Milliseconds renewal_patience{3000};

std::vector<SessionHold> session_holds(const std::vector<LeaseView>& leases) {
  std::vector<SessionHold> holds;
  for (const auto& lease : leases) holds.push_back({lease.server, lease.hold});
  return holds;
}

Permit permit_of(const Turn& turn) {
  Milliseconds term = turn.acquired.leases.front().expires_in_s;
  for (const auto& lease : turn.acquired.leases) term = std::min(term, lease.expires_in_s);
  return {term, turn.sent_at};
}

}  // namespace

LockKeeper::LockKeeper(Desk& desk, AgentName caller, Turn turn, std::string kind)
    : desk_(desk), call_{std::move(caller)}, turn_(std::move(turn)), kind_(std::move(kind)), permit_(permit_of(turn_)) {
  call_.patience = renewal_patience;
}

LockKeeper::~LockKeeper() {
  if (opened_ || finished_) return;
  EndSession nothing_opened;
  nothing_opened.closed = true;
  finish(std::move(nothing_opened));
}

Instruction LockKeeper::tick(BootTime now) {
  Instruction instruction;
  if (first_tick_) {
    first_tick_ = false;
    instruction.permit = permit_;
    instruction.next_tick = permit_.renew_at();
  } else {
    instruction = renew(now);
  }
  instruction.notices.insert(instruction.notices.end(), notices_.begin(), notices_.end());
  notices_.clear();
  return instruction;
}

Instruction LockKeeper::renew(BootTime now) {
  KeepHolds operation;
  for (const auto& lease : leases()) operation.holds.push_back({lease.server, lease.hold, lease.lease, lease.token});
  Instruction instruction;
  try {
    const auto renewed = desk_.perform(call_, operation).result;
    Milliseconds term = permit_.term;
    for (const auto& hold : renewed.holds) term = std::min(term, hold.expires_in_s);
    permit_ = {term, now};
    instruction.permit = permit_;
    instruction.next_tick = permit_.renew_at();
  } catch (const Error& error) {
    if (error.code() == ErrorCode::lost) {
      instruction.lost = true;
      instruction.because = "lost";
    } else {
      instruction.next_tick = permit_.retry_at(now);
      const auto left = std::chrono::duration_cast<Seconds>(std::max(permit_.cut_at() - now, Milliseconds{0}));
      instruction.notices.push_back(plain_text(
          phrase(_("the lock on {} could not be renewed; the session ends in {} s unless it can be"),
                 leases().front().server, left.count())));
    }
  }
  return instruction;
}

void LockKeeper::record_start(const std::string& command) {
  try {
    desk_.perform(call_, StartSession{session_holds(leases()), kind_, replace_invalid_utf8(command.substr(0, 4000)),
                                     turn_.acquired.ticket});
  } catch (const Error& error) {
    notices_.push_back(plain_text(phrase(_("the start of the session could not be recorded ({})"), error_words(error).message)));
  }
}

void LockKeeper::finish(EndSession end) noexcept {
  if (finished_) return;
  finished_ = true;
  try {
    end.holds = session_holds(leases());
    end.kind = kind_;
    end.ticket = turn_.acquired.ticket;
    end.started = opened_;
    desk_.perform(Call{call_.caller}, end);
  } catch (const std::exception&) {
    // The holds run out by themselves.
  }
}

}  // namespace gilir::cli
