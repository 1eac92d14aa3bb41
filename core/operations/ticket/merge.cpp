#include "core/operations/ticket/merge.h"

#include <algorithm>
#include <array>

#include "core/duplicate/pair_table.h"
#include "core/operations/describe_operation.h"
#include "core/operations/lock_access.h"
#include "core/operations/ticket/change.h"
#include "core/operations/ticket/settle.h"
#include "core/operations/ticket/store_ticket.h"
#include "core/operations/ticket/voices.h"
#include "core/ticket/merge_table.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

constexpr std::int64_t most_sources = 10'000;

constexpr std::array ticket_merge_fields{
    FieldSpec{"sources", "the tickets to merge", most_sources},
    FieldSpec{"into", "the ticket that they become part of", 0},
    FieldSpec{"cross_reporter", "also when reporters or offices differ", 0},
};

// Error{wrong_state} for a ticket that is part of the target already, Error{merge_loop} for the target itself.
void refuse_same(const TicketRow& asked, TicketNumber into) {
  if (asked.merged_into && asked.number != into) {
    throw Error(ErrorCode::wrong_state)
        .with("number", asked.number)
        .with("status", asked.status)
        .with("verb", TicketVerb::merge)
        .with("into", into);
  }
  throw Error(ErrorCode::merge_loop).with("number", asked.number).with("into", into);
}

void check_merge(const TicketRow& source, const TicketRow& target, bool cross_reporter) {
  require_move(source, TicketVerb::merge);
  require_move(target, TicketVerb::merge_into);
  if (source.reporter == target.reporter || cross_reporter) return;
  throw Error(ErrorCode::cross_reporter).with("number", source.number).with("into", target.number);
}

MergeRecord record_of(const Context& context, const TicketRow& source, const TicketRow& target) {
  MergeRecord record;
  record.source = source.number;
  record.target = target.number;
  record.at = context.now().wall;
  record.by = context.caller().name;
  record.source_status = source.status;
  record.source_assignee = source.assignee;
  record.source_owner = source.owner;
  record.source_tier = source.tier;
  record.source_next_news = source.next_news;
  record.source_updated = source.updated;
  record.target_next_news = target.next_news;
  record.target_urgent = target.urgent;
  record.source_urgent = source.urgent;
  record.source_postponed_until = source.postponed_until;
  record.source_claimed_until = source.claimed_until;
  return record;
}

void move_voices(Context& context, TicketNumber source, TicketNumber target) {
  for (const auto& voice : voices_of(context.connection(), source)) {
    add_voice(context.connection(), {target, voice.reporter, voice.via});
  }
}

void log_merge(Context& context, const TicketRow& source, const TicketRow& target) {
  auto subjects = subjects_for_reporters(context, source);
  for (auto& other : subjects_of_change(context, target)) subjects.push_back(std::move(other));
  EventFacts facts{
      .ticket = source.number, .into = target.number, .agent = target.assignee, .from_agent = source.assignee};
  if (source.urgent && !target.urgent) facts.changes = "urgent";
  context.log(EventKind::ticket_merged, std::move(subjects), with_voices(context, source.number, std::move(facts)));
}

// Whoever had the one, or has the other, and did not do it is told.
void tell_agents(Context& context, const TicketRow& source, const TicketRow& target) {
  if (!is_open(source.status)) return;
  for (const auto& agent : {source.assignee, target.assignee}) {
    if (!agent || *agent == context.caller().name) continue;
    add_merge_news(context.connection(),
                   {*agent, source.number, target.number, context.caller().name, context.now().wall});
  }
}

void store_merge(Context& context, TicketRow source, TicketRow target) {
  target.urgent = joined(target.urgent, source.urgent);
  // What has its answer promises no more.
  if (is_open(target.status)) target.next_news = joined(target.next_news, source.next_news);
  source.status = TicketStatus::merged;
  source.merged_into = target.number;
  source.assignee.reset();
  source.next_news.reset();
  store_ticket(context, std::move(source));
  store_ticket(context, std::move(target));
}

MergedTickets run(Context& context, const MergeTickets& operation) {
  settle_first(context);
  check_version(context, follow_ticket(context.connection(), operation.into));
  // Chains are followed before anything moves: of two numbers that lead to one ticket the second is no mistake.
  std::vector<TicketNumber> ends;
  for (const auto number : operation.sources) {
    const auto end = follow_ticket(context.connection(), number).number;
    const bool part_already = end == follow_ticket(context.connection(), operation.into).number;
    const auto source = part_already ? number : end;
    if (std::ranges::find(ends, source) == ends.end()) ends.push_back(source);
  }
  MergedTickets result;
  for (const auto source : ends) {
    result.merged.push_back(merge_ticket(context, source, operation.into, operation.cross_reporter));
  }
  return result;
}

}  // namespace

MergedView merge_ticket(Context& context, TicketNumber number, TicketNumber into, bool cross_reporter) {
  auto source = follow_ticket(context.connection(), number);
  auto target = follow_ticket(context.connection(), into);
  if (source.number == target.number) refuse_same(get_ticket(context.connection(), number), into);
  settle_ticket(context, source);
  settle_ticket(context, target);
  check_merge(source, target, cross_reporter);
  auto record = record_of(context, source, target);
  log_merge(context, source, target);
  tell_agents(context, source, target);
  const bool told_apart = duplicate::said_distinct(context.connection(), source.number).contains(target.number);
  duplicate::decide(context.connection(), source.number, target.number, duplicate::Decision::confirmed,
                    context.now().wall, context.caller().name);
  duplicate::move_suspicion(context.connection(), source.number, target.number);
  store_merge(context, source, target);
  move_voices(context, source.number, target.number);
  record.moved = move_ticket(context, source.number, target.number);
  record = add_merge(context.connection(), std::move(record));
  return {source.number, target.number, record.moved, told_apart};
}

const OperationSpec MergeTickets::spec =
    describe_operation<MergeTickets, run>("ticket.merge", Role::agent, Access::write, ticket_merge_fields);

}  // namespace gilir
