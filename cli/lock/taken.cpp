#include "cli/lock/taken.h"

#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/output/output.h"
#include "cli/output/tell.h"
#include "cli/output/times.h"
#include "core/operations/lock/release.h"

namespace gilir::cli {
namespace {

constexpr Seconds usual_duration{30 * 60};

void show(Output& output, const LeaseView& lease) {
  output.line(
      phrase(lease.shared ? _("You have {} already; from now on for {} in any case.") : _("{} is yours for {}."),
             bold(lease.server.value), exact_duration_words(lease.expires_in_s)));
}

// Throws what the output throws when it cannot be written.
void show_receipt(Output& output, const std::vector<LeaseView>& leases, bool dry_run) {
  const bool is_json = leases.size() == 1 ? output.json(leases.front()) : output.json(leases);
  if (!is_json) {
    for (const auto& lease : leases) show(output, lease);
  }
  output.flush();
  if (is_json || dry_run) return;
  for (const auto& lease : leases) {
    // Of several only a named one is given back.
    const auto which = lease.shared ? " --hold " + std::to_string(lease.hold.value) : std::string();
    tell_if_heard(output, dim(plain_text(phrase(_("Give it back with: gilir lock release {}"), lease.server)) + which));
  }
}

void give_back(DeskSession& desk, const std::vector<LeaseView>& leases) {
  for (const auto& lease : leases) {
    try {
      desk.desk().perform(Call{desk.call().caller}, ReleaseLock{lease.server, lease.hold});
    } catch (const Error&) {
      // It is over already, or runs out by itself.
    }
  }
}

}  // namespace

int take_by_hand(CommandContext& context, AcquireLock operation, SignalSet& signals,
                 std::optional<Milliseconds> patience) {
  operation.duration_s = context.arguments.duration("for").value_or(usual_duration);
  DeskSession desk(context);
  const auto turn = take_turn(context, desk, std::move(operation), signals, patience);
  try {
    show_receipt(context.output, turn.acquired.leases, desk.call().dry_run);
  } catch (const std::exception&) {
    // Nobody knows of this lock, so nobody would give it back.
    if (!desk.call().dry_run && !turn.replayed) give_back(desk, turn.acquired.leases);
    throw;
  }
  return 0;
}

}  // namespace gilir::cli
