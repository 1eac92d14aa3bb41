// Rows of tickets, voices and links. Every function runs inside the caller's transaction.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/store/connection.h"
#include "core/ticket/ticket.h"

namespace gilir {

std::optional<TicketRow> find_ticket(store::Connection& connection, TicketNumber number);
// Error{not_found}.
TicketRow get_ticket(store::Connection& connection, TicketNumber number);
// The one with the next number that is there.
std::optional<TicketRow> next_ticket(store::Connection& connection, TicketNumber number);
// `number`, what it was merged into, what that was merged into, to the end or to the first that `ends` says true of.
std::vector<TicketNumber> merge_chain(store::Connection& connection, TicketNumber number,
                                      const std::function<bool(TicketNumber)>& ends = {});
// The ticket at the end of `number`'s chain of merges; itself when it was not merged.
TicketRow follow_ticket(store::Connection& connection, TicketNumber number);
// Every ticket merged into `number`, directly or through others, in order of number; without itself.
std::vector<TicketNumber> merged_tickets(store::Connection& connection, TicketNumber number);

// Of a new ticket; it is nobody else's from now on.
TicketNumber next_ticket_number(store::Connection& connection);
// Stores a new ticket, under the next number when it has none, and gives it back.
TicketRow add_ticket(store::Connection& connection, TicketRow ticket);
// Stores what may change after filing (not title, body, category, reporter, server), with the version raised
// and `updated` set; gives the row back.
TicketRow update_ticket(store::Connection& connection, TicketRow ticket, WallTime now);
// Stores title, body, category and server, which update_ticket leaves alone.
void update_filing(store::Connection& connection, const TicketRow& ticket);

// Every ticket about server `from` is about `into`: they are one machine. No change of the tickets themselves.
void move_to_server(store::Connection& connection, const ServerName& from, const ServerName& into);

// The claim stands longer: no change of the ticket, so its version stays.
void extend_claim(store::Connection& connection, TicketNumber number, WallTime until);

// Which event tells of its last escalation.
void set_escalation(store::Connection& connection, TicketNumber number, std::int64_t event);

// The lowest number that is still open, or that was filed at `since` or later; none when there is neither.
std::optional<TicketNumber> oldest_of_interest(store::Connection& connection, WallTime since);
// Unassigned tickets of a tier, urgent ones first, then in order of number.
std::vector<TicketNumber> waiting_tickets(store::Connection& connection, int tier);

void add_voice(store::Connection& connection, const Voice& voice);
std::vector<Voice> voices_of(store::Connection& connection, TicketNumber ticket);
// The different reporters who ask for this ticket's answer, in the order in which they became known.
std::vector<std::int64_t> reporters_asking(store::Connection& connection, TicketNumber ticket);
std::int64_t count_voices(store::Connection& connection, TicketNumber ticket);
// Removes the voices that came to `ticket` through `via`.
void remove_voices(store::Connection& connection, TicketNumber ticket, TicketNumber via);
// Those that came to it through `part` and all that is merged into that.
void remove_voices_of_parts(store::Connection& connection, TicketNumber ticket, TicketNumber part);

// Every ticket and voice of one reporter is the other's from now on.
void give_to_reporter(store::Connection& connection, std::int64_t from, std::int64_t to);

// What fell due: tickets put aside until now, and claims that stood too long without work. Found by index.
inline constexpr std::string_view returning_query =
    "SELECT number FROM ticket WHERE postponed_until <= $1 ORDER BY postponed_until, number LIMIT $2";
inline constexpr std::string_view lapsed_claims_query =
    "SELECT number FROM ticket WHERE claimed_until <= $1 ORDER BY claimed_until, number LIMIT $2";
inline constexpr std::string_view broken_promises_query =
    "SELECT number FROM ticket WHERE next_news <= $1 AND promise_told = 0 ORDER BY next_news, number LIMIT $2";
inline constexpr std::string_view claims_of_query =
    "SELECT number FROM ticket WHERE claimed_until IS NOT NULL AND assignee = $1 ORDER BY number";
std::vector<TicketNumber> returning_tickets(store::Connection& connection, WallTime now, std::int64_t limit);
std::vector<TicketNumber> lapsed_claims(store::Connection& connection, WallTime now, std::int64_t limit);
// Tickets whose next news are overdue, which was not told yet; a new promise is told of anew.
std::vector<TicketNumber> broken_promises(store::Connection& connection, WallTime now, std::int64_t limit);
void mark_promise_told(store::Connection& connection, TicketNumber number);
std::vector<TicketNumber> claims_of(store::Connection& connection, const AgentName& agent);

// Whether the time until which it is put aside was named, and no duration from now.
void mark_until_named(store::Connection& connection, TicketNumber number, bool named);
// What tickets that were changed at `since` or later wait for happens so much later, but for times that were named.
void move_due_times(store::Connection& connection, WallTime since, Milliseconds by);

// Related tickets, seen from both. False when nothing changed.
bool add_link(store::Connection& connection, TicketNumber one, TicketNumber other);
bool remove_link(store::Connection& connection, TicketNumber one, TicketNumber other);
std::vector<TicketNumber> linked_tickets(store::Connection& connection, TicketNumber ticket, std::int64_t limit);

}  // namespace gilir
