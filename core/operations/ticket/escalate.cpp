#include "core/operations/ticket/escalate.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/ticket/assignment.h"
#include "core/operations/ticket/change.h"
#include "core/people/people_table.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

constexpr std::array ticket_escalate_fields{
    FieldSpec{"number", "the ticket", 0},
    FieldSpec{"reason", "why it goes up", longest_message},
    FieldSpec{"tier", "the tier it goes to, 1 to 9", highest_tier},
    FieldSpec{"agent", "the agent it goes to", max_name_bytes},
};

int next_tier(Context& context, const TicketRow& ticket) {
  const auto next =
      context.connection().first<std::optional<int>>("SELECT min(tier) FROM agent WHERE tier > $1", ticket.tier);
  if (next && *next) return **next;
  throw Error(ErrorCode::no_higher_tier).with("number", ticket.number).with("tier", ticket.tier);
}

int checked_tier(Context& context, const TicketRow& ticket, int tier) {
  if (tier <= ticket.tier) throw invalid_field("tier", "must be above the ticket's own tier");
  if (!agents_of_tier(context.connection(), tier).empty()) return tier;
  throw Error(ErrorCode::not_found).with("kind", "tier").with("name", std::to_string(tier));
}

void log_escalation(Context& context, const TicketRow& ticket, int tier, const EscalateTicket& operation) {
  auto subjects = subjects_of_change(context, ticket);
  if (operation.agent) subjects.push_back(subject(*operation.agent));
  // Internal: the reason is written for colleagues.
  const auto event = context.log(EventKind::ticket_escalated, std::move(subjects),
                                 {.ticket = ticket.number,
                                  .internal = true,
                                  .agent = operation.agent,
                                  .from_agent = ticket.assignee,
                                  .reason = operation.reason,
                                  .tier = tier,
                                  .from_tier = ticket.tier});
  set_escalation(context.connection(), ticket.number, event.value);
}

void escalate_to_agent(Context& context, TicketRow& ticket, const EscalateTicket& operation) {
  const auto agent = get_agent(context.connection(), *operation.agent);
  if (ticket.assignee == agent.name) throw invalid_field("agent", "works on it already");
  log_escalation(context, ticket, agent.tier, operation);
  ticket.tier = agent.tier;
  assign_to(context, ticket, agent.name, {.because = "escalated"});
}

void escalate_by_turn(Context& context, TicketRow& ticket, const EscalateTicket& operation) {
  const int tier = operation.tier ? checked_tier(context, ticket, *operation.tier) : next_tier(context, ticket);
  log_escalation(context, ticket, tier, operation);
  ticket.tier = tier;
  assign_by_turn(context, ticket, "escalated");
}

Ticket run(Context& context, const EscalateTicket& operation) {
  require_text("reason", operation.reason);
  if (operation.tier && operation.agent) throw invalid_field("tier", "excludes an agent");
  auto ticket = permit_change(context, operation.number, TicketVerb::escalate).ticket;
  // Whoever had it before anybody took it over answers to the reporter.
  if (!ticket.owner) ticket.owner = context.caller().name;
  if (operation.agent)
    escalate_to_agent(context, ticket, operation);
  else
    escalate_by_turn(context, ticket, operation);
  return store_change(context, std::move(ticket));
}

}  // namespace

const OperationSpec EscalateTicket::spec =
    describe_operation<EscalateTicket, run>("ticket.escalate", Role::agent, Access::write, ticket_escalate_fields);

}  // namespace gilir
