// What a ticket in a list and a ticket alone both tell of it.
#pragma once

#include <utility>

#include "core/operations/ticket/claims_ahead.h"
#include "core/operations/ticket/ticket_view.h"
#include "core/operations/ticket/voices.h"
#include "core/ticket/ticket_rules.h"
#include "core/ticket/ticket_table.h"

namespace gilir {

// As it stands now, what fell due included. View is TicketLine or Ticket.
template <class View>
View view_of(Context& context, TicketRow stored) {
  auto row = as_it_stands(context, std::move(stored));
  View view;
  view.number = row.number;
  view.title = std::move(row.title);
  view.status = row.status;
  view.category = std::move(row.category);
  view.reporter = reporter_view(context, row.reporter);
  view.server = std::move(row.server);
  view.owner = std::move(row.owner);
  view.assignee = std::move(row.assignee);
  view.tier = row.tier;
  view.urgent = row.urgent;
  view.created = row.created;
  view.updated = row.updated;
  view.next_news = row.next_news;
  if constexpr (requires { view.voices; }) {
    auto voices = voices_named(context, row.number);
    view.voices = std::move(voices.named);
    view.voice_count = voices.count;
  } else {
    view.voice_count = count_voices(context.connection(), row.number);
  }
  view.merged_into = row.merged_into;
  view.version = row.version;
  view.postponed_until = row.postponed_until;
  if constexpr (requires { view.claimed_until; }) view.claimed_until = row.claimed_until;
  return view;
}

}  // namespace gilir
