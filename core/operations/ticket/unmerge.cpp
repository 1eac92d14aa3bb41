#include "core/operations/ticket/unmerge.h"

#include <array>

#include "core/duplicate/pair_table.h"
#include "core/operations/describe_operation.h"
#include "core/operations/lock_access.h"
#include "core/operations/ticket/assignment.h"
#include "core/operations/ticket/change.h"
#include "core/operations/ticket/settle.h"
#include "core/operations/ticket/store_ticket.h"
#include "core/operations/ticket/suspicion.h"
#include "core/people/people_table.h"
#include "core/ticket/merge_table.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

constexpr std::array ticket_unmerge_fields{FieldSpec{"number", "the ticket to take out again", 0}};

// Follows the chain upwards from the merge `record`, whose share goes out of every target on the way. Gives back
// the end of the chain, changed and not stored.
TicketRow withdraw(Context& context, MergeRecord record) {
  auto& connection = context.connection();
  Carry<bool> urgent(joined(record.target_urgent, record.source_urgent), record.target_urgent);
  Carry<std::optional<WallTime>> promise(joined(record.target_next_news, record.source_next_news),
                                         record.target_next_news);
  while (true) {
    for (auto& later : merges_into(connection, record.target, record.id)) {
      if (!urgent.matters() && !promise.matters()) break;
      urgent.past(later.target_urgent, later.source_urgent);
      promise.past(later.target_next_news, later.source_next_news);
      update_merge(connection, later);
    }
    auto target = get_ticket(connection, record.target);
    if (!target.merged_into) {
      urgent.land(target.urgent);
      promise.land(target.next_news);
      return target;
    }
    record = merge_of(connection, target.number);
    urgent.rise(record.target_urgent, record.source_urgent);
    promise.rise(record.target_next_news, record.source_next_news);
    update_merge(connection, record);
  }
}

// The voices that came through `source` and its parts leave every ticket above it.
void take_voices_back(Context& context, TicketNumber source, TicketNumber first_target) {
  auto& connection = context.connection();
  for (const auto target : merge_chain(connection, first_target)) remove_voices_of_parts(connection, target, source);
}

TicketRow restored(TicketRow row, const MergeRecord& record) {
  row.status = record.source_status;
  row.assignee = record.source_assignee;
  row.owner = record.source_owner;
  row.tier = record.source_tier;
  row.urgent = record.source_urgent;
  row.next_news = record.source_next_news;
  row.postponed_until = record.source_postponed_until;
  row.claimed_until = record.source_claimed_until;
  row.merged_into.reset();
  return row;
}

// Nobody had it, or he has left: whoever is there gets it, put aside as it was. What is over keeps its names.
void find_agent_for(Context& context, TicketRow& ticket) {
  if (!is_open(ticket.status)) return;
  const auto is_here = [&](const std::optional<AgentName>& name) {
    return name && find_agent(context.connection(), *name);
  };
  const bool has_agent = is_here(ticket.assignee);
  if (!is_here(ticket.owner)) ticket.owner = has_agent ? ticket.assignee : std::nullopt;
  if (has_agent) return;
  const auto status = ticket.status;
  if (assign_by_turn(context, ticket, "unmerged") && is_put_aside(status)) ticket.status = status;
}

UnmergedTicket run(Context& context, const UnmergeTicket& operation) {
  settle_first(context);
  auto& connection = context.connection();
  const auto row = get_ticket(connection, operation.number);
  check_version(context, row);
  require_move(row, TicketVerb::unmerge);
  const auto record = merge_of(connection, row.number);
  auto end = withdraw(context, record);
  take_voices_back(context, row.number, record.target);
  remove_merge(connection, record);
  remove_merge_news(connection, row.number);
  auto ticket = restored(row, record);
  duplicate::move_suspicion_back(connection, row.number, end.number, merged_tickets(connection, row.number),
                                 is_open(ticket.status));
  auto subjects = subjects_for_reporters(context, ticket);
  for (auto& other : subjects_of_change(context, end)) subjects.push_back(std::move(other));
  context.log(EventKind::ticket_unmerged, std::move(subjects),
              {.ticket = ticket.number, .into = record.target, .agent = ticket.assignee});
  tell_apart(context, ticket, end.number);
  find_agent_for(context, ticket);
  ticket = store_ticket(context, std::move(ticket), record.source_updated);
  end = store_ticket(context, std::move(end));
  move_ticket_back(context, ticket.number, end.number, record.moved);
  UnmergedTicket result;
  static_cast<Ticket&>(result) = ticket_view(context, ticket);
  result.from = record.target;
  result.told_apart = end.number;
  return result;
}

}  // namespace

const OperationSpec UnmergeTicket::spec =
    describe_operation<UnmergeTicket, run>("ticket.unmerge", Role::agent, Access::write, ticket_unmerge_fields);

}  // namespace gilir
