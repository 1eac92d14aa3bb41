// What the index of texts (core/index) has of a ticket, read from the desk's own rows: for building the index, for
// comparing it with them, and for showing what was found.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/event/event_kind.h"
#include "core/index/text_index.h"
#include "core/ticket/ticket.h"

namespace gilir {

struct TicketText {
  index::TextKind kind{};
  std::int64_t source = 0;  // the event's number; 0 for title and body
  std::string title;
  std::string body;
};

// What kind of text such an event has; none when it has none that is searched.
std::optional<index::TextKind> text_kind(EventKind kind);

// The ticket's own text, then what was said about it, in order, until `visit` says false.
void each_text(store::Connection& connection, const TicketRow& ticket,
               const std::function<bool(const TicketText&)>& visit);

struct FoundText {
  std::string title;  // of the ticket's own text
  std::string body;
};
// What an indexed text says. Empty where its ticket or event is missing or cannot be read.
FoundText found_text(store::Connection& connection, const index::IndexedText& text);

// Whether look-alikes may be it because it, or what it was merged into, is open.
bool counts_as_open(store::Connection& connection, const TicketRow& ticket);

}  // namespace gilir
