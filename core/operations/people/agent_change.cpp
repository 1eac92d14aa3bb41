#include "core/operations/people/agent_change.h"

#include <fmt/format.h>

#include <array>

#include "core/lock/lock_table.h"
#include "core/lock/rows.h"
#include "core/operations/describe_operation.h"
#include "core/operations/lock_access.h"
#include "core/operations/named_changes.h"
#include "core/operations/ticket/change.h"
#include "core/operations/ticket/settle.h"
#include "core/operations/ticket/store_ticket.h"
#include "core/people/people_table.h"
#include "core/ticket/ticket_rules.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

constexpr std::int64_t most_handed_out = 10'000;

constexpr std::array move_fields{
    FieldSpec{"name", "the agent", max_name_bytes},
    FieldSpec{"tier", "from 1 to 9; without it as it is", highest_tier},
    FieldSpec{"role", "agent, supervisor or admin; without it as it is", 0},
};
constexpr std::array remove_fields{FieldSpec{"name", "the agent", max_name_bytes}};

void refuse_last_admin(Context& context, const Agent& agent) {
  const auto another = context.connection().first<AgentName>(
      "SELECT name FROM agent WHERE role = $1 AND name <> $2 LIMIT 1", Role::admin, agent.name);
  if (!another) throw Error(ErrorCode::in_use).with("kind", "admin").with("name", agent.name);
}

AgentMoved run(Context& context, const MoveAgent& operation) {
  if (operation.tier && *operation.tier < lowest_tier) {
    throw invalid_field("tier", "must be from 1 to 9");
  }
  settle_first(context);
  auto agent = get_agent(context.connection(), operation.name);
  AgentMoved moved;
  moved.from_tier = agent.tier;
  moved.from_role = agent.role;
  const bool changes_tier = operation.tier.value_or(agent.tier) != agent.tier;
  const bool changes_role = operation.role.value_or(agent.role) != agent.role;
  if (changes_role && agent.role == Role::admin) refuse_last_admin(context, agent);
  if (changes_tier) {
    leave_turn(context.connection(), agent);
    agent.tier = static_cast<int>(*operation.tier);
    agent.turn = join_turn(context.connection(), agent.tier, agent.name);
  }
  if (changes_role) agent.role = *operation.role;
  if (changes_tier || changes_role) {
    put_agent(context.connection(), agent);
    EventFacts facts{.agent = agent.name, .tier = agent.tier, .from_tier = moved.from_tier};
    if (changes_role) facts.kind = std::string(enum_name(agent.role));
    context.log(EventKind::agent_moved, {subject(agent.name)}, std::move(facts));
  }
  if (changes_tier && agent.present) moved.handed_out = hand_out_waiting(context, agent.tier, "joined");
  static_cast<AgentView&>(moved) = agent_view(context, get_agent(context.connection(), agent.name));
  return moved;
}

void refuse_holder(Context& context, const AgentName& agent) {
  const auto servers =
      context.connection().all<ServerName>("SELECT DISTINCT server FROM lease WHERE agent = $1", agent);
  if (servers.empty()) return;
  for (const auto& lease : view_locks(context, servers).leases) {
    if (lease.agent != agent) continue;
    throw Error(ErrorCode::in_use).with("kind", "agent").with("name", agent).with("by", lease.server);
  }
}

void leave_lines(Context& context, const AgentName& agent) {
  for (const auto& wait : waits_of_agent(context.connection(), agent)) {
    change_locks(context, Leave{wait.wait, false}, servers_of_wait(context.connection(), wait.wait));
  }
}

// Nobody goes on asking for him, and what is offered to him would be kept for nobody.
void leave_demands(Context& context, const AgentName& agent) {
  const auto servers = context.connection().all<ServerName>(
      "SELECT DISTINCT server FROM demand WHERE \"by\" = $1 OR \"to\" = $1", agent);
  if (servers.empty()) return;
  const auto locks = view_locks(context, servers);
  for (const auto& demand : locks.demands) {
    if (demand.kind == DemandKind::hand_over && demand.to == agent) {
      const auto& holder = row_of(locks.leases, &Lease::lease, demand.lease).agent;
      change_locks(context, AnswerDemand{demand.lease, demand.server, holder, false}, {demand.server});
    } else if (demand.kind == DemandKind::knock && demand.by == agent) {
      change_locks(context, WithdrawDemand{demand.lease, demand.server, agent}, {demand.server});
    }
  }
}

// Those that he works on, then those that he only answers for; of each the ones most in need first.
std::vector<TicketNumber> open_tickets_of(Context& context, const AgentName& agent) {
  std::vector<TicketNumber> numbers;
  for (const std::string his : {"assignee = $1", "owner = $1 AND assignee IS DISTINCT FROM $1"}) {
    for (const auto status : open_statuses()) {
      context.connection().each<TicketNumber>(
          "SELECT number FROM ticket WHERE " + his + " AND status = $2 ORDER BY urgent DESC, number LIMIT $3",
          [&](TicketNumber number) { numbers.push_back(number); }, agent, status, most_handed_out + 1);
    }
  }
  if (static_cast<std::int64_t>(numbers.size()) <= most_handed_out) return numbers;
  throw Error(ErrorCode::in_use)
      .with("kind", "agent")
      .with("name", agent)
      .with("by", fmt::format("more than {} open tickets", most_handed_out));
}

// A ticket that is put aside stays so with its new agent.
void hand_over(Context& context, TicketNumber number, const AgentName& agent, std::vector<HandedOut>& handed_out) {
  auto ticket = get_ticket(context.connection(), number);
  const auto status = ticket.status;
  if (ticket.assignee == agent) {
    if (ticket.owner == agent) ticket.owner.reset();
    const auto taker = assign_by_turn(context, ticket, "removed");
    if (taker && is_put_aside(status)) ticket.status = status;
    handed_out.push_back({number, taker.value_or(AgentName{})});
  } else {
    ticket.owner = ticket.assignee;
    NamedChanges changes;
    auto told = agent;
    changes.apply("owner", told, std::optional(ticket.owner.value_or(AgentName{})));
    context.log(EventKind::ticket_edited, subjects_of_change(context, ticket),
                {.ticket = number, .internal = true, .changes = changes.text()});
  }
  store_ticket(context, std::move(ticket));
}

AgentRemoved run(Context& context, const RemoveAgent& operation) {
  auto agent = get_agent(context.connection(), operation.name);
  if (agent.name == context.caller().name) {
    throw invalid_field("name", "is yourself: another admin has to do it");
  }
  settle_first(context);
  refuse_holder(context, agent.name);
  const auto numbers = open_tickets_of(context, agent.name);
  leave_lines(context, agent.name);
  leave_demands(context, agent.name);
  leave_turn(context.connection(), agent);
  remove_agent(context.connection(), agent.name);
  context.log(EventKind::agent_removed, {subject(agent.name)}, {.agent = agent.name, .tier = agent.tier});
  AgentRemoved removed{agent.name, {}};
  for (const auto number : numbers) hand_over(context, number, agent.name, removed.handed_out);
  return removed;
}

}  // namespace

const OperationSpec MoveAgent::spec =
    describe_operation<MoveAgent, run>("agent.move", Role::admin, Access::write, move_fields);
const OperationSpec RemoveAgent::spec =
    describe_operation<RemoveAgent, run>("agent.remove", Role::admin, Access::write, remove_fields);

}  // namespace gilir
