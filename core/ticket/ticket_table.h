// Rows of tickets, merges and voices. Every function runs inside the caller's transaction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/store/connection.h"
#include "core/ticket/ticket.h"

namespace gilir {

std::optional<TicketRow> find_ticket(store::Connection& connection, TicketNumber number);
// Error{not_found}.
TicketRow get_ticket(store::Connection& connection, TicketNumber number);
// The ticket at the end of `number`'s chain of merges; itself when it was not merged.
TicketRow follow_ticket(store::Connection& connection, TicketNumber number);
// Every ticket merged into `number`, directly or through others, in order of number; without itself.
std::vector<TicketNumber> merged_tickets(store::Connection& connection, TicketNumber number);

// Stores a new ticket under the next number and gives it back.
TicketRow add_ticket(store::Connection& connection, TicketRow ticket);
// Stores what may change after filing (not title, body, category, reporter, server), with the version raised
// and `updated` set; gives the row back.
TicketRow update_ticket(store::Connection& connection, TicketRow ticket, WallTime now);

// The lowest number that is still open, or that was filed at `since` or later; none when there is neither.
std::optional<TicketNumber> oldest_of_interest(store::Connection& connection, WallTime since);
// Unassigned tickets of a tier, urgent ones first, then in order of number.
std::vector<TicketNumber> waiting_tickets(store::Connection& connection, int tier);

void add_voice(store::Connection& connection, const Voice& voice);
std::vector<Voice> voices_of(store::Connection& connection, TicketNumber ticket);
// How many different reporters ask for this ticket's answer.
std::int64_t count_voices(store::Connection& connection, TicketNumber ticket);

MergeRecord add_merge(store::Connection& connection, MergeRecord record);

}  // namespace gilir
