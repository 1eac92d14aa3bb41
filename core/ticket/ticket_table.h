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
// Stores a changed ticket with its version raised and `updated` set; gives it back.
TicketRow update_ticket(store::Connection& connection, TicketRow ticket, WallTime now);

enum class TicketOrder { number, created, updated, next_news };
BOOST_DESCRIBE_ENUM(TicketOrder, number, created, updated, next_news)

struct TicketFilter {
  std::vector<TicketStatus> statuses;
  std::optional<AgentName> assignee;
  std::optional<AgentName> owner;
  std::optional<ServerName> server;
  std::optional<std::int64_t> reporter;
  std::optional<std::string> category;
  std::optional<int> tier;
  bool urgent = false;
  TicketOrder order = TicketOrder::number;
  // Newest or latest first.
  bool descending = true;
  // The last ticket of the page before; the page starts after it in the chosen order.
  std::optional<TicketNumber> after;
  std::size_t limit = 30;
};
// A page of tickets; their bodies are left empty.
std::vector<TicketRow> list_tickets(store::Connection& connection, const TicketFilter& filter);
std::int64_t count_tickets(store::Connection& connection, const TicketFilter& filter);
// Unassigned tickets of a tier, urgent ones first, then in order of number.
std::vector<TicketNumber> waiting_tickets(store::Connection& connection, int tier);

void add_voice(store::Connection& connection, const Voice& voice);
std::vector<Voice> voices_of(store::Connection& connection, TicketNumber ticket);
// How many different reporters ask for this ticket's answer.
std::int64_t count_voices(store::Connection& connection, TicketNumber ticket);

MergeRecord add_merge(store::Connection& connection, MergeRecord record);

}  // namespace gilir
