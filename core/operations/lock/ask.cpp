#include "core/operations/lock/ask.h"

#include <array>

#include "core/lock/asking.h"
#include "core/lock/ended_table.h"
#include "core/lock/rows.h"
#include "core/operations/describe_operation.h"
#include "core/operations/lock/demand_effects.h"
#include "core/operations/lock_access.h"
#include "core/operations/ticket/change.h"
#include "core/people/people_table.h"
#include "core/server/server_table.h"

namespace gilir {
namespace {

constexpr std::array break_fields{
    FieldSpec{"server", "the server", max_name_bytes},
    FieldSpec{"lease", "the lease that was seen", 0},
    FieldSpec{"reason", "why, for its holder and the log", max_line_bytes},
    FieldSpec{"at_once", "without a countdown; for supervisors", 0},
};
constexpr std::array knock_fields{
    FieldSpec{"server", "the server", max_name_bytes},
    FieldSpec{"lease", "at whose lease; without it the oldest of another agent", 0},
    FieldSpec{"reason", "why, for its holder and the log", max_line_bytes},
    FieldSpec{"stays", "the knock ends when its caller does not follow it for ten seconds", 0},
};
constexpr std::array hand_over_fields{
    FieldSpec{"server", "a server that the caller holds", max_name_bytes},
    FieldSpec{"to", "who is to have it", max_name_bytes},
    FieldSpec{"reason", "what they should know", max_line_bytes},
};
constexpr std::array answer_fields{
    FieldSpec{"server", "a server that the caller holds", max_name_bytes},
    FieldSpec{"grant", "let the lease end now", 0},
};
constexpr std::array follow_fields{
    FieldSpec{"server", "the server", max_name_bytes},
    FieldSpec{"lease", "the lease that was asked for", 0},
};
constexpr std::array shown_fields{
    FieldSpec{"server", "a server that the caller holds", max_name_bytes},
    FieldSpec{"demand", "what is asked", 0},
    FieldSpec{"hold", "the hold of the session that shows it", 0},
};
constexpr std::array lock_look_fields{
    FieldSpec{"servers", "the servers of the holds", 16},
    FieldSpec{"holds", "the holds of one process", 16},
};

const Lease& own_lease(Context& context, const Locks& locks, const ServerName& server) {
  const auto* lease = lease_of(locks, server, context.caller().name);
  if (lease == nullptr) throw Error(ErrorCode::not_found).with("kind", "own_lease").with("name", server);
  return *lease;
}

AskedHolder ask(Context& context, AskHolder request) {
  request.by = context.caller().name;
  const auto holder = [&] {
    const auto locks = view_locks(context, {request.server});
    const auto* lease = find_row(locks.leases, &Lease::lease, request.lease);
    return lease == nullptr ? AgentName{} : lease->agent;
  }();
  std::vector<LockEvent> events;
  const auto outcome = change_locks(context, request, {request.server}, &events);
  const auto* asked = std::get_if<Asked>(&outcome);
  if (asked == nullptr) refuse_demand(context, request.server, request.lease, outcome);
  follow_hand_over(context, events);
  return {demand_view(asked->demand, holder, asked->silence, context.now().boot), asked->cut};
}

AskedHolder run(Context& context, const BreakLock& operation) {
  get_server(context.connection(), operation.server);
  require_text("reason", operation.reason);
  context.require(operation.at_once ? Role::supervisor : Role::agent);
  refuse_own_lease(context, operation.server, operation.lease);
  return ask(context, {operation.lease,
                       operation.server,
                       DemandKind::break_,
                       {},
                       {},
                       operation.reason,
                       demand_countdown,
                       operation.at_once});
}

AskedHolder run(Context& context, const KnockAtLock& operation) {
  get_server(context.connection(), operation.server);
  require_text("reason", operation.reason);
  auto lease = operation.lease.value_or(LeaseId{});
  if (operation.lease) {
    refuse_own_lease(context, operation.server, lease);
  } else {
    const auto locks = view_locks(context, {operation.server});
    const auto others = std::ranges::find_if(locks.leases, [&](const Lease& row) {
      return row.server == operation.server && row.agent != context.caller().name;
    });
    if (others == locks.leases.end())
      throw Error(ErrorCode::not_found).with("kind", "holder").with("name", operation.server);
    lease = others->lease;
  }
  return ask(
      context,
      {lease, operation.server, DemandKind::knock, {}, {}, operation.reason, demand_countdown, false, operation.stays});
}

AskedHolder run(Context& context, const HandOverLock& operation) {
  get_server(context.connection(), operation.server);
  const auto to = get_agent(context.connection(), operation.to).name;
  if (to == context.caller().name) throw invalid_field("to", "is yourself");
  const auto locks = view_locks(context, {operation.server});
  return ask(context, {own_lease(context, locks, operation.server).lease,
                       operation.server,
                       DemandKind::hand_over,
                       {},
                       to,
                       operation.reason,
                       hand_over_lasts,
                       false});
}

DemandView run(Context& context, const AnswerKnock& operation) {
  get_server(context.connection(), operation.server);
  const auto locks = view_locks(context, {operation.server});
  const auto& lease = own_lease(context, locks, operation.server);
  const auto* demand = find_row(locks.demands, &Demand::lease, lease.lease);
  if (demand != nullptr && (demand->kind == DemandKind::break_ || demand->kind == DemandKind::steal)) {
    throw Error(ErrorCode::asked_already)
        .with("server", operation.server)
        .with("kind", demand->kind)
        .with("by", demand->by)
        .with("holder", lease.agent);
  }
  const auto outcome = change_locks(context, AnswerDemand{lease.lease, operation.server, lease.agent, operation.grant},
                                    {operation.server});
  if (demand == nullptr || !std::holds_alternative<Applied>(outcome)) {
    refuse_demand(context, operation.server, lease.lease, NoDemand{});
  }
  return demand_view(*demand, lease.agent, silence_of(locks, *demand), context.now().boot);
}

DemandView run(Context& context, const ShowQuestion& operation) {
  get_server(context.connection(), operation.server);
  const auto& me = context.caller().name;
  {
    const auto locks = view_locks(context, {operation.server});
    const auto lease = own_lease(context, locks, operation.server).lease;
    change_locks(context, QuestionShown{operation.demand, lease, operation.hold}, {operation.server});
    // Who knocks is told at once what silence means now.
    context.ring(operation.server);
  }
  const auto locks = view_locks(context, {operation.server});
  const auto* demand = find_row(locks.demands, &Demand::demand, operation.demand);
  if (demand == nullptr) throw Error(ErrorCode::not_found).with("kind", "demand").with("name", operation.server);
  return demand_view(*demand, me, silence_of(locks, *demand), context.now().boot);
}

DemandView run(Context& context, const WithdrawKnock& operation) {
  get_server(context.connection(), operation.server);
  const auto locks = view_locks(context, {operation.server});
  const auto* demand = find_row(locks.demands, &Demand::lease, operation.lease);
  const auto outcome = change_locks(context, WithdrawDemand{operation.lease, operation.server, context.caller().name},
                                    {operation.server});
  if (demand == nullptr || !std::holds_alternative<Applied>(outcome)) {
    refuse_demand(context, operation.server, operation.lease, NoDemand{});
  }
  const auto& holder = row_of(locks.leases, &Lease::lease, demand->lease).agent;
  return demand_view(*demand, holder, silence_of(locks, *demand), context.now().boot);
}

FollowedDemand run(Context& context, const FollowDemand& operation) {
  get_server(context.connection(), operation.server);
  change_locks(context, KeepAsking{operation.lease, operation.server, context.caller().name}, {operation.server});
  const auto locks = view_locks(context, {operation.server});
  if (const auto* demand = find_row(locks.demands, &Demand::lease, operation.lease)) {
    const auto& holder = row_of(locks.leases, &Lease::lease, demand->lease).agent;
    return {demand_view(*demand, holder, silence_of(locks, *demand), context.now().boot), {}};
  }
  if (auto because = ended_demand(context.connection(), operation.lease)) return {{}, std::move(*because)};
  // Longer ago than anybody knows of it.
  const bool stands = find_row(locks.leases, &Lease::lease, operation.lease) != nullptr;
  return {{}, std::string(enum_name(stands ? DemandEnd::denied : DemandEnd::lease_over))};
}

DemandPage run(Context& context, const ListOwnDemands&) {
  DemandPage page;
  // Every command asks, and mostly there are none.
  if (!context.connection().first<int>("SELECT 1 FROM demand LIMIT 1")) return page;
  const auto& me = context.caller().name;
  const auto servers = context.connection().all<ServerName>(
      "SELECT DISTINCT d.server FROM demand d JOIN lease l ON l.lease = d.lease WHERE l.agent = $1 OR d.\"to\" = $1",
      me);
  if (servers.empty()) return page;
  const auto locks = view_locks(context, servers);
  for (const auto& demand : locks.demands) {
    const auto& holder = row_of(locks.leases, &Lease::lease, demand.lease).agent;
    if (holder == me || demand.to == me)
      page.demands.push_back(demand_view(demand, holder, silence_of(locks, demand), context.now().boot));
  }
  return page;
}

DemandPage run(Context& context, const LookAtHolds& operation) {
  const auto locks = view_locks(context, operation.servers);
  for (std::size_t i = 0; i < operation.holds.size(); ++i) {
    if (find_row(locks.holds, &Hold::hold, operation.holds[i]) == nullptr) {
      throw loss_of(context, operation.servers[std::min(i, operation.servers.size() - 1)], operation.holds[i]);
    }
  }
  return {demands_on(context, locks, operation.holds)};
}

}  // namespace

const OperationSpec BreakLock::spec =
    describe_operation<BreakLock, run>("lock.break", Role::agent, Access::write, break_fields);
const OperationSpec KnockAtLock::spec =
    describe_operation<KnockAtLock, run>("lock.knock", Role::agent, Access::write, knock_fields);
const OperationSpec HandOverLock::spec =
    describe_operation<HandOverLock, run>("lock.hand_over", Role::agent, Access::write, hand_over_fields);
const OperationSpec AnswerKnock::spec =
    describe_operation<AnswerKnock, run>("lock.answer", Role::agent, Access::write, answer_fields);
const OperationSpec ShowQuestion::spec =
    describe_operation<ShowQuestion, run>("lock.question_shown", Role::agent, Access::write, shown_fields);
const OperationSpec WithdrawKnock::spec =
    describe_operation<WithdrawKnock, run>("lock.withdraw_knock", Role::agent, Access::write, follow_fields);
const OperationSpec FollowDemand::spec =
    describe_operation<FollowDemand, run>("lock.follow_demand", Role::agent, Access::write, follow_fields);
const OperationSpec ListOwnDemands::spec =
    describe_operation<ListOwnDemands, run>("lock.demands", Role::agent, Access::read, {});
const OperationSpec LookAtHolds::spec =
    describe_operation<LookAtHolds, run>("lock.look_at_holds", Role::agent, Access::read, lock_look_fields);

}  // namespace gilir
