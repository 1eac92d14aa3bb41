#include "core/operations/ticket/publicity.h"

#include <algorithm>

namespace gilir {
namespace {

// Told to all reporters of a ticket, those of tickets merged into it as well.
bool is_for_all_reporters(EventKind kind) {
  switch (kind) {
    case EventKind::ticket_replied:
    case EventKind::ticket_resolved:
    case EventKind::ticket_closed:
    case EventKind::ticket_rejected:
    case EventKind::ticket_reopened:
    case EventKind::ticket_merged:
    case EventKind::ticket_unmerged:
      return true;
    default:
      return false;
  }
}

bool is_for_own_reporter(EventKind kind) {
  switch (kind) {
    case EventKind::ticket_filed:
    case EventKind::ticket_assigned:
    case EventKind::ticket_waiting:
    case EventKind::ticket_postponed:
    case EventKind::ticket_returned:
    case EventKind::ticket_started:
      return true;
    default:
      return is_for_all_reporters(kind);
  }
}

}  // namespace

std::optional<Event> for_reporter(Event event, TicketNumber ticket) {
  const auto kind = event_kind_from_name(event.kind);
  if (!kind || event.facts.internal.value_or(false)) return std::nullopt;
  const bool own = event.facts.ticket == ticket;
  if (own ? !is_for_own_reporter(*kind) : !is_for_all_reporters(*kind)) return std::nullopt;
  std::erase_if(event.subjects, [&](const Subject& other) { return other != subject(ticket); });
  EventFacts seen;
  seen.ticket = event.facts.ticket;
  seen.into = event.facts.into;
  seen.text = event.facts.text;
  seen.agent = event.facts.agent;
  seen.next_news = event.facts.next_news;
  if (own) {
    seen.title = event.facts.title;
    seen.reporter = event.facts.reporter;
    seen.office = event.facts.office;
    seen.because = event.facts.because;
    seen.tier = event.facts.tier;
    seen.status = event.facts.status;
    seen.until = event.facts.until;
    seen.due = event.facts.due;
    seen.server = event.facts.server;
  }
  event.facts = std::move(seen);
  return event;
}

}  // namespace gilir
