#include "core/operations/lock/demand_view.h"

#include "core/lock/asking.h"
#include "core/lock/ended_table.h"
#include "core/lock/lock_table.h"
#include "core/lock/rows.h"

namespace gilir {
DemandView demand_view(const Demand& demand, const AgentName& holder, Silence silence, BootTime now) {
  DemandView view{demand.server, demand.lease, holder, demand.kind,  demand.by, {},
                  demand.reason, {},           {},     demand.demand};
  if (demand.kind == DemandKind::knock) view.silence = silence;
  if (!demand.to.empty()) view.to = demand.to;
  view.expires_in_s = std::max(demand.deadline.at - now, Milliseconds{0});
  return view;
}

std::vector<DemandView> demands_on(Context& context, const Locks& locks, const std::vector<HoldId>& holds) {
  std::vector<DemandView> views;
  for (const auto& demand : locks.demands) {
    for (const auto& hold : locks.holds) {
      if (hold.lease != demand.lease || std::ranges::find(holds, hold.hold) == holds.end()) continue;
      const auto& holder = row_of(locks.leases, &Lease::lease, demand.lease).agent;
      views.push_back(demand_view(demand, holder, silence_of(locks, demand), context.now().boot));
      break;
    }
  }
  return views;
}

namespace {

// A read sees what fell due before a change has stored it and told of it: the reason stands in what was asked.
const Demand* due_demand(const Locks& stored, HoldId hold, BootTime now) {
  const auto* lost = find_row(stored.holds, &Hold::hold, hold);
  if (lost == nullptr) return nullptr;
  const auto* demand = find_row(stored.demands, &Demand::lease, lost->lease);
  return demand != nullptr && demand->deadline.at <= now ? demand : nullptr;
}

}  // namespace

Error loss_of(Context& context, const ServerName& server, HoldId hold) {
  Error error(ErrorCode::lost);
  error.add("server", server);
  if (auto ended = ended_hold(context.connection(), hold)) {
    error.add("because", ended->because);
    if (!ended->by.empty()) error.add("by", ended->by);
    if (!ended->reason.empty()) error.add("reason", ended->reason);
    return error;
  }
  const auto stored = load_locks(context.connection(), {server}, {});
  if (const auto* demand = due_demand(stored, hold, context.now().boot)) {
    error.add("because", demand->kind == DemandKind::knock ? "silence" : enum_name(demand->kind));
    error.add("by", demand->by);
    error.add("reason", demand->reason);
    return error;
  }
  error.add("because", "over");
  return error;
}

}  // namespace gilir
