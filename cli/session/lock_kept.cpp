#include "cli/session/lock_kept.h"

#include <algorithm>

#include "cli/desk_session.h"
#include "cli/output/error_words.h"
#include "cli/output/lock_words.h"
#include "cli/output/output.h"
#include "cli/output/prompt.h"
#include "cli/output/tell.h"
#include "cli/output/times.h"
#include "core/operations/lock/release.h"
#include "core/operations/lock/show.h"

namespace gilir::cli {
namespace {

std::vector<HoldView> own_timed_holds(const LockView& lock, const AgentName& caller) {
  std::vector<HoldView> own;
  for (const auto& holder : lock.holders) {
    if (holder.agent != caller) continue;
    std::ranges::copy_if(holder.holds, std::back_inserter(own),
                         [](const HoldView& hold) { return hold.kind == HoldKind::timed; });
  }
  return own;
}

Line waiting_words(const std::vector<LineView>& waiting) {
  Line line;
  for (const auto& place : waiting) {
    if (!line.empty()) line += Line(", ");
    line += bold(place.agent.value);
    line += purpose_words(place.ticket, place.reason);
  }
  return line;
}

void tell(Output& output, const LockView& lock, const std::vector<HoldView>& own, WallTime now) {
  const auto left = std::ranges::max_element(own, {}, &HoldView::expires_in_s)->expires_in_s;
  output.note(warning(plain_text(phrase(_("{} stays yours until {} ({} left): you took it before, by hand."),
                                        lock.server, absolute_time(now + left), duration_words(left)))));
  if (!lock.line.empty())
    output.note(phrase(_("In line for {}: {}."), bold(lock.server.value), plain_text(waiting_words(lock.line))));
  for (const auto& hold : own) {
    const auto which = own.size() == 1 ? std::string() : " --hold " + std::to_string(hold.hold.value);
    output.note(dim(plain_text(phrase(_("Give it back with: gilir lock release {}"), lock.server)) + which));
  }
}

// A program that somebody else waits behind is worth a question; one of many in a script is not.
bool is_to_be_asked(const CommandContext& context, const RunOutcome& outcome, const LockView& lock) {
  if (!context.prompt.may_ask() || context.output.is_json()) return false;
  return outcome.at_terminal || !lock.line.empty();
}

void ask(CommandContext& context, DeskSession& desk, const LockView& lock, const std::vector<HoldView>& own) {
  const auto server = bold(lock.server.value);
  if (!context.prompt.yes(phrase(_("Give {} back now?"), server), "gilir lock release")) return;
  for (const auto& hold : own) desk.desk().perform(Call{desk.call().caller}, ReleaseLock{lock.server, hold.hold});
  context.output.note(phrase(_("{} is given back."), server));
}

}  // namespace

void tell_what_stays(CommandContext& context, const RunOutcome& outcome) noexcept {
  if (outcome.lease_lost || outcome.stays.empty()) return;
  try {
    DeskSession desk(context);
    for (const auto& server : outcome.stays) {
      const auto lock = desk.desk().perform(Call{desk.call().caller}, ShowLock{server}).result;
      const auto own = own_timed_holds(lock, desk.call().caller);
      if (own.empty()) continue;
      tell(context.output, lock, own, desk_now(context));
      if (is_to_be_asked(context, outcome, lock)) ask(context, desk, lock, own);
    }
  } catch (const Error& error) {
    tell_if_heard(context.output, warning(error_words(error).message));
  } catch (const std::exception&) {
    // Nobody reads of it; it runs out by itself.
  }
}

}  // namespace gilir::cli
