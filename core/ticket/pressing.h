// Which ticket presses most: an urgent one before all others, then one whose promise of news is broken (the
// oldest promise first), then the oldest. Found by index, however many there are; only of one agent's tickets that
// were put aside until now each is looked at.
//
// Every function runs inside the caller's transaction.
#pragma once

#include <optional>
#include <vector>

#include "core/store/connection.h"
#include "core/ticket/ticket.h"

namespace gilir {

struct PressingTicket {
  TicketNumber number;
  bool urgent = false;
  std::optional<WallTime> next_news;
};
BOOST_DESCRIBE_STRUCT(PressingTicket, (), (number, urgent, next_news))

// Pure.
bool is_overdue(const PressingTicket& ticket, WallTime now);
bool presses_more(const PressingTicket& one, const PressingTicket& other, WallTime now);

// Every ticket whose claim has run out, as it stands now: what their rows say counts for nothing.
using MovedTickets = std::vector<TicketRow>;

// Of those that `assignee` works on, with those that were put aside until now.
std::optional<PressingTicket> most_pressing(store::Connection& connection, const AgentName& assignee, WallTime now,
                                            const MovedTickets& moved);
// Of those that wait for a turn in `tier`.
std::optional<PressingTicket> most_pressing_waiting(store::Connection& connection, int tier, WallTime now,
                                                    const MovedTickets& moved);

// Whose tickets a query is about, those with a claim that ran out by $3 aside; a test looks at the plans of all four.
enum class Pressing { own, waiting };
std::string oldest_query(Pressing whose);
std::string overdue_query(Pressing whose);

}  // namespace gilir
