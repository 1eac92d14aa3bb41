// How operations reach the lock arbiter: load the closed set of servers, step, store what changed, log what
// happened, ring the bells. The rules are core/lock's; nothing here decides.
#pragma once

#include <string>
#include <vector>

#include "core/event/event.h"
#include "core/lock/arbiter.h"
#include "core/operations/context.h"

namespace gilir {

// One change of locks. `servers` are those that the request names, or whose holds and waits it names. What happened
// is added to `events` where they are given.
Outcome change_locks(Context& context, const Request& request, const std::vector<ServerName>& servers,
                     std::vector<LockEvent>* events = nullptr);

// As change_locks, and tells which holds and waits followed their ticket: "hold:12 wait:7".
std::string move_ticket(Context& context, TicketNumber source, TicketNumber target);

// The way back: what that list names and still stands for `target` follows `source` again.
void move_ticket_back(Context& context, TicketNumber source, TicketNumber target, const std::string& moved);

// Ends the waits of a finished ticket.
void finish_ticket(Context& context, TicketNumber ticket);

// The locks as they stand now, what fell due included; nothing is stored.
Locks view_locks(Context& context, const std::vector<ServerName>& servers);

// What fell due there, as the log will tell it after the next change; nothing is stored.
std::vector<Event> events_due(Context& context, const std::vector<ServerName>& servers);

// Applies what fell due at every server.
void settle_locks(Context& context);

// Every deadline starts again: the machine was started anew.
void restart_locks(Context& context);

}  // namespace gilir
