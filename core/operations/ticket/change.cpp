#include "core/operations/ticket/change.h"

#include "core/base/text.h"
#include "core/base/unseen.h"
#include "core/operations/ticket/settle.h"
#include "core/operations/ticket/store_ticket.h"
#include "core/ticket/ticket_table.h"

namespace gilir {

void require_text(std::string_view field, std::string_view text) {
  if (!shows_nothing(text)) return;
  throw invalid_field(field, "is empty");
}

std::string one_line(std::string_view field, std::string_view text) {
  require_text(field, text);
  std::string line;
  for (const char c : trimmed(text)) {
    const bool ends_line = c == '\r' || c == '\n';
    if (!ends_line || line.back() != ' ') line += ends_line ? ' ' : c;
  }
  return line;
}

void check_version(Context& context, const TicketRow& ticket) {
  const auto expected = context.expected_version();
  if (!expected || *expected == ticket.version) return;
  throw Error(ErrorCode::version_moved)
      .with("number", ticket.number)
      .with("expected", *expected)
      .with("version", ticket.version);
}

TicketChange permit_change(Context& context, TicketNumber number, TicketVerb verb) {
  settle_first(context);
  auto ticket = follow_ticket(context.connection(), number);
  check_version(context, ticket);
  settle_ticket(context, ticket);
  const auto after = require_move(ticket, verb);
  return {std::move(ticket), after};
}

Ticket store_change(Context& context, TicketRow ticket) {
  if (ticket.assignee == context.caller().name) ticket.claimed_until.reset();
  return ticket_view(context, store_ticket(context, std::move(ticket)));
}

Ticket leave_unchanged(Context& context, TicketRow ticket) {
  auto& connection = context.connection();
  const bool came_back = get_ticket(connection, ticket.number).status != ticket.status;
  if (came_back) ticket = store_ticket(context, std::move(ticket));
  return ticket_view(context, ticket);
}

std::vector<Subject> subjects_of_change(Context& context, const TicketRow& ticket) {
  std::vector<Subject> subjects{subject(ticket.number), subject(context.caller().name)};
  if (ticket.assignee) subjects.push_back(subject(*ticket.assignee));
  return subjects;
}

std::vector<Subject> subjects_for_reporters(Context& context, const TicketRow& ticket) {
  auto subjects = subjects_of_change(context, ticket);
  for (const auto merged : merged_tickets(context.connection(), ticket.number)) subjects.push_back(subject(merged));
  return subjects;
}

}  // namespace gilir
