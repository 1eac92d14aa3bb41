// A demand against a lease as people and scripts see it.
#pragma once

#include <string>
#include <vector>

#include "core/lock/demand.h"
#include "core/lock/types.h"
#include "core/operations/context.h"

namespace gilir {

struct DemandView {
  ServerName server;
  LeaseId lease;
  AgentName holder;
  DemandKind kind{};
  AgentName by;
  std::optional<AgentName> to;
  std::string reason;
  // Until it takes effect or, for a hand-over, lapses.
  Milliseconds expires_in_s{};
  // Of a knock: what it means when nobody answers.
  std::optional<Silence> silence;
  DemandId demand;
};
BOOST_DESCRIBE_STRUCT(DemandView, (), (server, lease, holder, kind, by, to, reason, expires_in_s, silence, demand))

DemandView demand_view(const Demand& demand, const AgentName& holder, Silence silence, BootTime now);

// Of the leases with these holds; `locks` is settled.
std::vector<DemandView> demands_on(Context& context, const Locks& locks, const std::vector<HoldId>& holds);

// Error{lost} {server, because, by?, reason?}: how it ended, for a day: "expired", "silence" or the kind of the demand
// that ended it; "over" when nothing is known of it any more.
Error loss_of(Context& context, const ServerName& server, HoldId hold);

}  // namespace gilir
