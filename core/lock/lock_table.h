// The rows of locks: loading the closed set of servers that a request needs (core/lock/arbiter.h says which)
// and storing what a step changed. Every function runs inside the caller's transaction.
#pragma once

#include <vector>

#include "core/lock/types.h"
#include "core/store/connection.h"

namespace gilir {

// The locks of the smallest closed set of servers that contains `servers` and every server at which `agent`
// has a place. Servers that do not exist are not among them. `agent` may be empty.
Locks load_locks(store::Connection& connection, const std::vector<ServerName>& servers, const AgentName& agent);

// Every server's.
Locks load_all_locks(store::Connection& connection);

// Stores the rows that differ. `before` is what load_locks gave.
void store_locks(store::Connection& connection, const Locks& before, const Locks& after);

// The servers at which holds and waits for `ticket` stand.
std::vector<ServerName> servers_of_ticket(store::Connection& connection, TicketNumber ticket);
std::vector<ServerName> servers_of_holds(store::Connection& connection, const std::vector<HoldId>& holds);
std::vector<ServerName> servers_of_wait(store::Connection& connection, WaitId wait);

// Whether `agent` holds a server for `ticket`.
bool holds_for(store::Connection& connection, const AgentName& agent, TicketNumber ticket);

// The holds of `agent`, and his waits, everywhere.
std::vector<Hold> holds_of_agent(store::Connection& connection, const AgentName& agent);
std::vector<Wait> waits_of_agent(store::Connection& connection, const AgentName& agent);

// The last token that the server's name ever had; outlives the server.
Token last_token(store::Connection& connection, const ServerName& server);
// The server's next token will be above `token`, whatever it had.
void raise_token(store::Connection& connection, const ServerName& server, Token token);

// Since when leases, holds and waits stand is so much later, of those that began at `since` or later.
void move_lock_times(store::Connection& connection, WallTime since, Milliseconds by);

// A hold, or the mark of one, whose end its processes do not tell: it runs out by time.
void forget_processes(store::Connection& connection, HoldId hold);

}  // namespace gilir
