#include "cli/lock/taken.h"

#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/output/output.h"

namespace gilir::cli {
namespace {

constexpr Seconds usual_duration{30 * 60};

void show(Output& output, const LeaseView& lease) {
  output.line(phrase(lease.shared ? _("You have {} already; this is one more hold on it (hold {}, token {}).")
                                  : _("{} is yours (hold {}, token {})."),
                     bold(lease.server.value), lease.hold.value, lease.token.value));
}

}  // namespace

int take_by_hand(CommandContext& context, AcquireLock operation, SignalSet& signals,
                 std::optional<Milliseconds> patience) {
  operation.duration_s = context.arguments.duration("for").value_or(usual_duration);
  DeskSession desk(context);
  const auto turn = take_turn(context, desk, std::move(operation), signals, patience);
  const auto& leases = turn.acquired.leases;
  if (leases.size() == 1 ? context.output.json(leases.front()) : context.output.json(leases)) return 0;
  for (const auto& lease : leases) show(context.output, lease);
  if (desk.call().dry_run) return 0;
  for (const auto& lease : leases)
    context.output.note(dim(plain_text(phrase(_("Give it back with: gilir lock release {}"), lease.server))));
  return 0;
}

}  // namespace gilir::cli
