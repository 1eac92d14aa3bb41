#include "core/operations/ticket/store_ticket.h"

#include "core/duplicate/pair_table.h"
#include "core/operations/ticket/indexing.h"
#include "core/operations/ticket/suspicion.h"
#include "core/operations/ticket/ticket_texts.h"
#include "core/ticket/ticket_rules.h"
#include "core/ticket/ticket_table.h"

namespace gilir {

TicketRow store_ticket(Context& context, TicketRow ticket, WallTime updated) {
  auto& connection = context.connection();
  const auto before = connection.first<TicketStatus>("SELECT status FROM ticket WHERE number = $1", ticket.number);
  ticket = update_ticket(connection, std::move(ticket), updated);
  const bool was_open = before && is_open(*before);
  // What is open and stays so, also as a part of another, is in the index as it was, with all of its own parts.
  if (before != ticket.status && !(was_open && counts_as_open(connection, ticket))) index_status(context, ticket);
  if (was_open && !is_open(ticket.status)) {
    duplicate::end_suspicion(connection, ticket.number);
    duplicate::end_sticky_turn(connection, ticket.number);
  } else if (!was_open && is_open(ticket.status)) {
    suspect_again(context, ticket.number);
  }
  return ticket;
}

TicketRow store_ticket(Context& context, TicketRow ticket) {
  return store_ticket(context, std::move(ticket), context.now().wall);
}

}  // namespace gilir
