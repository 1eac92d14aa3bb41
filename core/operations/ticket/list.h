// ticket.list: a page of tickets.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/operations/operation.h"
#include "core/operations/ticket/ticket_view.h"
#include "core/ticket/ticket_list.h"

namespace gilir {

// A ticket in a list: all but its body and its look-alikes.
struct TicketLine {
  TicketNumber number;
  std::string title;
  TicketStatus status{};
  std::string category;
  ReporterView reporter;
  std::optional<ServerName> server;
  std::optional<AgentName> owner;
  std::optional<AgentName> assignee;
  int tier = 1;
  bool urgent = false;
  WallTime created{};
  WallTime updated{};
  std::optional<WallTime> next_news;
  std::int64_t voice_count = 1;
  std::optional<TicketNumber> merged_into;
  std::int64_t version = 1;
  std::optional<WallTime> postponed_until;
};
BOOST_DESCRIBE_STRUCT(TicketLine, (),
                      (number, title, status, category, reporter, server, owner, assignee, tier, urgent, created,
                       updated, next_news, voice_count, merged_into, version, postponed_until))

// As the ticket stands now, what fell due included.
TicketLine ticket_line(Context& context, TicketRow row);

struct TicketPage {
  std::vector<TicketLine> tickets;
  bool truncated = false;
  // What `after` takes for the next page.
  std::optional<std::string> next;
  std::optional<std::int64_t> total;
};
BOOST_DESCRIBE_STRUCT(TicketPage, (), (tickets, truncated, next, total))

// Newest first, or latest changed first, or by the nearest promise. Without `sort`: the longest overdue first, the
// longest silent first, else the newest.
struct ListTickets {
  // Open tickets when there are none.
  std::vector<TicketStatus> statuses = {};
  bool any_status = false;
  std::optional<AgentName> assignee = {};
  bool unassigned = false;
  std::optional<AgentName> owner = {};
  std::optional<ServerName> server = {};
  std::optional<std::string> reporter = {};
  std::optional<std::string> office = {};
  std::optional<std::string> category = {};
  std::optional<int> tier = {};
  bool urgent = false;
  // Filed at this time or later, and up to that one.
  std::optional<WallTime> since = {};
  std::optional<WallTime> until = {};
  // Promised news are overdue.
  bool overdue = false;
  // Nothing has happened for so long.
  std::optional<Milliseconds> silent_s = {};
  std::optional<TicketOrder> sort = {};
  std::optional<std::string> after = {};
  std::int64_t limit = 50;
  bool count = false;

  using Result = TicketPage;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(ListTickets, (),
                      (statuses, any_status, assignee, unassigned, owner, server, reporter, office, category, tier,
                       urgent, since, until, overdue, silent_s, sort, after, limit, count))

}  // namespace gilir
