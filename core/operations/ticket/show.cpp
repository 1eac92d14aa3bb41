#include "core/operations/ticket/show.h"

#include <algorithm>
#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/ticket/answer.h"
#include "core/operations/ticket/claims_ahead.h"
#include "core/operations/ticket/suspicion.h"
#include "core/ticket/merge_table.h"
#include "core/ticket/ticket_rules.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

constexpr std::int64_t most_messages = 20;
constexpr std::int64_t most_related = 50;
constexpr std::size_t most_parts = 20;
constexpr std::size_t longest_part = 2000;

constexpr std::array ticket_show_fields{
    FieldSpec{"number", "the ticket", 0},
    FieldSpec{"public", "as its reporter may see it", 0},
};

constexpr std::array see_fields{FieldSpec{"number", "the ticket", 0}};

struct MessageRow {
  WallTime at{};
  AgentName actor;
  std::string kind;
  RawJson facts;
};
BOOST_DESCRIBE_STRUCT(MessageRow, (), (at, actor, kind, facts))

// What a message needs of its event's facts.
struct MessageFacts {
  std::optional<std::string> text;
  std::optional<bool> internal;
  std::optional<std::string> reason;
};
BOOST_DESCRIBE_STRUCT(MessageFacts, (), (text, internal, reason))

MessageView message_of(const MessageRow& row) {
  auto facts = from_json<MessageFacts>(row.facts.text);
  if (facts.reason) return {row.at, row.actor, row.kind, true, std::move(*facts.reason)};
  return {row.at, row.actor, row.kind, facts.internal.value_or(false), facts.text.value_or("")};
}

void add_messages(Context& context, TicketNumber number, bool for_reporter, ShownTicket& shown) {
  const auto rows = context.connection().all<MessageRow>(
      "SELECT e.at, e.actor, e.kind, e.facts FROM event_subject s JOIN event e ON e.number = s.event "
      "WHERE s.kind = 'ticket' AND s.name = $1 AND (e.kind IN ('ticket.replied', 'ticket.resolved', 'ticket.rejected') "
      "OR (e.kind IN ('ticket.noted', 'ticket.reopened', 'ticket.passed') AND NOT $2)) ORDER BY s.event DESC LIMIT $3",
      std::to_string(number.value), for_reporter, most_messages + 1);
  shown.earlier_messages = static_cast<std::int64_t>(rows.size()) > most_messages;
  for (const auto& row : rows) {
    if (static_cast<std::int64_t>(shown.messages.size()) == most_messages) break;
    shown.messages.push_back(message_of(row));
  }
  std::ranges::reverse(shown.messages);
}

// Where the target stands, and nothing of what its own reporter wrote.
Ticket target_for_reporters(const TicketRow& row) {
  Ticket target;
  target.number = row.number;
  target.status = row.status;
  target.urgent = row.urgent;
  target.created = row.created;
  target.updated = row.updated;
  target.next_news = row.next_news;
  target.version = row.version;
  return target;
}

void add_related(Context& context, TicketNumber number, ShownTicket& shown) {
  for (const auto other : linked_tickets(context.connection(), number, most_related)) {
    auto row = as_it_stands(context, get_ticket(context.connection(), other));
    shown.related.push_back({row.number, std::move(row.title), row.status});
  }
}

std::string beginning(const std::string& text) {
  if (text.size() <= longest_part) return text;
  std::size_t end = 0;
  for (std::size_t at = 0; at <= longest_part; next_code_point(text, at)) end = at;
  return text.substr(0, end) + "…";
}

void add_parts(Context& context, TicketNumber number, ShownTicket& shown) {
  auto& connection = context.connection();
  const auto parts = merged_tickets(connection, number);
  shown.part_count = static_cast<std::int64_t>(parts.size());
  for (const auto part : std::span(parts).first(std::min(parts.size(), most_parts))) {
    auto row = get_ticket(connection, part);
    const auto merge = merge_of(connection, part);
    shown.parts.push_back({part, std::move(row.title), beginning(row.body), reporter_view(context, row.reporter),
                           row.created, merge.by, merge.at});
  }
}

// Of who else waits and why colleagues passed it up, a reporter sees nothing.
void leave_out_internals(ShownTicket& shown) {
  shown.duplicates.clear();
  shown.escalation.reset();
  std::erase_if(shown.voices, [&](const VoiceFacts& voice) {
    return voice.name != shown.reporter.name || voice.office != shown.reporter.office;
  });
}

ShownTicket run(Context& context, const ShowTicket& operation) {
  const auto row = get_ticket(context.connection(), operation.number);
  const auto end = row.merged_into ? as_it_stands(context, follow_ticket(context.connection(), row.number)) : row;
  ShownTicket shown;
  static_cast<Ticket&>(shown) = ticket_view(context, row);
  if (operation.public_) {
    leave_out_internals(shown);
  } else {
    add_related(context, row.number, shown);
    add_parts(context, row.number, shown);
    shown.duplicate_count = std::ssize(shown.duplicates) + twins_left_out(context, row.number);
    // Only a ticket that is a part or has parts is in news of a merge.
    shown.unseen_merge = (row.merged_into || shown.part_count > 0) &&
                         has_merge_news(context.connection(), context.caller().name, row.number);
  }
  if (row.merged_into) shown.target = operation.public_ ? target_for_reporters(end) : ticket_view(context, end);
  shown.answer = answer_of(context, end);
  add_messages(context, row.number, operation.public_, shown);
  return shown;
}

SeenTicket run(Context& context, const SeeTicket& operation) {
  remove_merge_news(context.connection(), context.caller().name, operation.number);
  return {operation.number};
}

}  // namespace

const OperationSpec SeeTicket::spec =
    describe_operation<SeeTicket, run>("ticket.see", Role::agent, Access::write, see_fields);
const OperationSpec ShowTicket::spec =
    describe_operation<ShowTicket, run>("ticket.show", Role::agent, Access::read, ticket_show_fields);

}  // namespace gilir
