#include "core/operations/lock/renew.h"

#include <algorithm>
#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/lock/demand_view.h"
#include "core/operations/lock/own_hold.h"
#include "core/operations/lock_access.h"

namespace gilir {
namespace {

constexpr std::array keep_fields{FieldSpec{"holds", "the holds of one process", 16}};
constexpr std::array renew_fields{
    FieldSpec{"server", "the server", max_name_bytes},
    FieldSpec{"hold", "the hold; without it the caller's only timed one", 0},
};

RenewedHolds renew(Context& context, const Renew& request, const std::vector<ServerName>& servers) {
  const auto outcome = change_locks(context, request, servers);
  const auto* renewed = std::get_if<Renewed>(&outcome);
  if (renewed == nullptr) throw loss_of(context, servers.front(), request.holds.front().hold);
  RenewedHolds result;
  for (const auto& hold : renewed->holds) {
    result.holds.push_back({hold.hold, hold.deadline.at - context.now().boot});
  }
  return result;
}

RenewedHolds run(Context& context, const KeepHolds& operation) {
  Renew request;
  std::vector<ServerName> servers;
  for (const auto& hold : operation.holds) {
    request.holds.push_back({hold.hold, hold.lease, hold.token});
    servers.push_back(hold.server);
  }
  if (servers.empty()) throw invalid_field("holds", "names no hold");
  return renew(context, request, servers);
}

RenewedHolds run(Context& context, const RenewLock& operation) {
  const auto hold = own_hold(context, operation.server, operation.hold);
  const auto locks = view_locks(context, {operation.server});
  const auto lease = std::ranges::find(locks.leases, hold.lease, &Lease::lease);
  return renew(context, {{{hold.hold, hold.lease, lease->token}}}, {operation.server});
}

}  // namespace

const OperationSpec KeepHolds::spec =
    describe_operation<KeepHolds, run>("lock.keep", Role::agent, Access::write, keep_fields);
const OperationSpec RenewLock::spec =
    describe_operation<RenewLock, run>("lock.renew", Role::agent, Access::write, renew_fields);

}  // namespace gilir
