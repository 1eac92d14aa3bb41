#include "core/ticket/pressing.h"

#include <tuple>

namespace gilir {
namespace {

constexpr std::string_view returning =
    "SELECT number, urgent, next_news FROM ticket WHERE postponed_until <= $2 AND assignee = $1";

// The texts are those of the indexes' conditions, without which SQLite would not use them.
std::string query(Pressing whose, std::string_view rest) {
  const std::string_view mine = whose == Pressing::own ? "assignee = $1 AND status IN ('assigned', 'in_progress') "
                                                         "AND (claimed_until IS NULL OR claimed_until > $3) "
                                                       : "tier = $1 AND status = 'new' ";
  return "SELECT number, urgent, next_news FROM ticket WHERE " + std::string(mine) + std::string(rest);
}

template <class Key>
std::optional<PressingTicket> find_pressing(store::Connection& connection, Pressing whose, const Key& key,
                                            WallTime now) {
  for (const bool urgent : {true, false}) {
    auto found = connection.first<PressingTicket>(overdue_query(whose), key, urgent, now);
    if (!found) found = connection.first<PressingTicket>(oldest_query(whose), key, urgent, now);
    if (found) return found;
  }
  return std::nullopt;
}

void consider(const PressingTicket& ticket, std::optional<PressingTicket>& best, WallTime now) {
  if (!best || presses_more(ticket, *best, now)) best = ticket;
}

PressingTicket pressing(const TicketRow& ticket) {
  return {ticket.number, ticket.urgent, ticket.next_news};
}

}  // namespace

std::string oldest_query(Pressing whose) {
  return query(whose, "AND urgent = $2 ORDER BY number LIMIT 1");
}

std::string overdue_query(Pressing whose) {
  return query(whose, "AND urgent = $2 AND next_news <= $3 ORDER BY next_news, number LIMIT 1");
}

bool is_overdue(const PressingTicket& ticket, WallTime now) {
  return ticket.next_news && *ticket.next_news <= now;
}

bool presses_more(const PressingTicket& one, const PressingTicket& other, WallTime now) {
  const auto key = [&](const PressingTicket& ticket) {
    const bool overdue = is_overdue(ticket, now);
    return std::tuple(!ticket.urgent, !overdue, overdue ? *ticket.next_news : WallTime{}, ticket.number);
  };
  return key(one) < key(other);
}

std::optional<PressingTicket> most_pressing(store::Connection& connection, const AgentName& assignee, WallTime now,
                                            const MovedTickets& moved) {
  auto found = find_pressing(connection, Pressing::own, assignee, now);
  connection.each<PressingTicket>(
      returning, [&](const PressingTicket& ticket) { consider(ticket, found, now); }, assignee, now);
  for (const auto& ticket : moved) {
    if (ticket.assignee == assignee) consider(pressing(ticket), found, now);
  }
  return found;
}

std::optional<PressingTicket> most_pressing_waiting(store::Connection& connection, int tier, WallTime now,
                                                    const MovedTickets& moved) {
  auto found = find_pressing(connection, Pressing::waiting, tier, now);
  for (const auto& ticket : moved) {
    if (!ticket.assignee && ticket.tier == tier) consider(pressing(ticket), found, now);
  }
  return found;
}

}  // namespace gilir
