// Tickets are numbered as they are filed, so the time of filing rises with the number: but where the desk's clock was
// ahead and was set back, it starts anew at an earlier time. The tickets that are the first after such a break are
// kept, and between two of them it rises. So a bound in time is one in numbers, which costs a look at a few tickets,
// however many there are.
//
// Every function runs inside the caller's transaction.
#pragma once

#include <optional>

#include "core/store/connection.h"
#include "core/ticket/ticket.h"

namespace gilir {

// Of a ticket that is stored next, under its number.
void note_filing(store::Connection& connection, const TicketRow& ticket);

// No clock was set back: what lies between two numbers lies between two times of filing.
bool filing_times_rise(store::Connection& connection);

// The lowest number that was filed then or later, and the highest one that was filed then or earlier; none when there
// is none.
std::optional<TicketNumber> lowest_filed_since(store::Connection& connection, WallTime time);
std::optional<TicketNumber> highest_filed_until(store::Connection& connection, WallTime time);

}  // namespace gilir
