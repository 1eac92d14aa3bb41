// Pages of tickets, filtered and sorted. Each page costs about its own length, however many tickets there
// are, for any one of the filters with any status, sorted by number, and for any status in the other orders;
// what several filters at once leave over is looked for among the tickets of one of them. Tickets that came back
// since the last change cost their number more where the status asked for tells them from those still put aside.
//
// Every function runs inside the caller's transaction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/store/connection.h"
#include "core/ticket/ticket.h"

namespace gilir {

// Tickets are numbered as they are filed, so `created` is the order of `number`. In the order of `next_news`
// those without a promise stand last.
enum class TicketOrder { number, created, updated, next_news };
BOOST_DESCRIBE_ENUM(TicketOrder, number, created, updated, next_news)

// Where a page ended: the last ticket's number, and its time where the order goes by one.
struct TicketCursor {
  std::optional<WallTime> time;
  TicketNumber number;
  bool operator==(const TicketCursor&) const = default;
};

struct TicketFilter {
  // Any of these; all when empty. As they are at `now`, when tickets put aside until then are assigned again.
  std::vector<TicketStatus> statuses;
  WallTime now{};
  // Every ticket whose claim has run out, as it stands at `now`: what their rows say counts for nothing.
  std::vector<TicketRow> moved;
  std::optional<AgentName> assignee;
  // Without assignee; excludes `assignee`.
  bool unassigned = false;
  std::optional<AgentName> owner;
  std::optional<ServerName> server;
  // Any of these reporters; all when there is no list.
  std::optional<std::vector<std::int64_t>> reporters;
  std::optional<std::string> category;
  std::optional<int> tier;
  bool urgent = false;
  // With a promise of next news, or without one.
  std::optional<bool> promised;
  // The key of the reporter's office (name_key.h), and of `moved` those whose reporter works there.
  std::optional<std::string> office_key;
  // Filed from this ticket on and up to that one.
  std::optional<TicketNumber> first;
  std::optional<TicketNumber> last;
  // Filed then or later and then or earlier, where numbers alone do not tell: see core/ticket/filing_order.h.
  std::optional<WallTime> since;
  std::optional<WallTime> until;
  // Whose next news were promised for `now` or earlier.
  bool overdue = false;
  // To which nothing has happened since.
  std::optional<WallTime> silent_since;
  TicketOrder order = TicketOrder::number;
  // Newest or latest first.
  bool descending = true;
  std::optional<TicketCursor> after;
  std::size_t limit = 50;
};

// The queries of a page and of newest_numbers(), whose plans tests look at. In the order of next_news it is about
// `promised` tickets.
struct TicketQuery {
  std::string sql;
  std::vector<store::Value> values;
};
TicketQuery list_query(const TicketFilter& filter);
TicketQuery newest_numbers_query(const TicketFilter& filter);

// A page of tickets as their rows say; their bodies are left empty.
std::vector<TicketRow> list_tickets(store::Connection& connection, const TicketFilter& filter);
// Their numbers alone, the newest first. Of a server's or one reporter's tickets it is read from an index.
std::vector<TicketNumber> newest_numbers(store::Connection& connection, const TicketFilter& filter);
std::int64_t count_tickets(store::Connection& connection, const TicketFilter& filter);

// Lets only tickets pass that were filed then or later, and then or earlier.
void add_filing_times(store::Connection& connection, std::optional<WallTime> since, std::optional<WallTime> until,
                      TicketFilter& filter);

// The cursor behind `row` in `order`.
TicketCursor cursor_after(const TicketRow& row, TicketOrder order);
// "41", or "1763802000000-41" with the time; what write gives, read takes. Nothing for any other text.
std::string write_cursor(const TicketCursor& cursor);
std::optional<TicketCursor> read_cursor(std::string_view text);

}  // namespace gilir
