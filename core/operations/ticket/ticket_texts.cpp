#include "core/operations/ticket/ticket_texts.h"

#include "core/base/json_reader.h"
#include "core/event/event_facts.h"
#include "core/ticket/ticket_rules.h"
#include "core/ticket/ticket_table.h"

namespace gilir {
namespace {

struct SaidRow {
  EventNumber number;
  std::string kind;
  RawJson facts;
};
BOOST_DESCRIBE_STRUCT(SaidRow, (), (number, kind, facts))

struct SaidFacts {
  TicketNumber ticket;
  std::string text;
};
BOOST_DESCRIBE_STRUCT(SaidFacts, (), (ticket, text))

SaidFacts said(const std::string& facts) {
  try {
    return from_json<SaidFacts>(facts);
  } catch (const Error&) {
    // One damaged row is doctor's to tell of, and no reason to leave all later tickets out or to find nothing.
    return {};
  }
}

}  // namespace

std::optional<index::TextKind> text_kind(EventKind kind) {
  switch (kind) {
    case EventKind::ticket_replied:
    case EventKind::ticket_resolved:
    case EventKind::ticket_rejected:
      return index::TextKind::reply;
    case EventKind::ticket_noted:
      return index::TextKind::note;
    default:
      return std::nullopt;
  }
}

void each_text(store::Connection& connection, const TicketRow& ticket,
               const std::function<bool(const TicketText&)>& visit) {
  if (!visit({index::TextKind::ticket, 0, ticket.title, ticket.body})) return;
  connection.each_until<SaidRow>(
      "SELECT event.number, event.kind, event.facts FROM event_subject JOIN event ON event.number = "
      "event_subject.event WHERE event_subject.kind = 'ticket' AND event_subject.name = $1 AND event.kind IN "
      "('ticket.replied', 'ticket.noted', 'ticket.resolved', 'ticket.rejected') ORDER BY event.number",
      [&](const SaidRow& message) {
        auto facts = said(message.facts.text);
        const auto event = event_kind_from_name(message.kind);
        const auto kind = event ? text_kind(*event) : std::nullopt;
        return facts.ticket != ticket.number || !kind ||
               visit({*kind, message.number.value, {}, std::move(facts.text)});
      },
      std::to_string(ticket.number.value));
}

FoundText found_text(store::Connection& connection, const index::IndexedText& text) {
  if (text.kind == index::TextKind::ticket) {
    auto row = find_ticket(connection, text.ticket);
    return row ? FoundText{std::move(row->title), std::move(row->body)} : FoundText{};
  }
  const auto facts = connection.first<std::string>("SELECT facts FROM event WHERE number = $1", text.source);
  return {{}, facts ? said(*facts).text : std::string{}};
}

bool counts_as_open(store::Connection& connection, const TicketRow& ticket) {
  return is_open(ticket.merged_into ? follow_ticket(connection, ticket.number).status : ticket.status);
}

}  // namespace gilir
