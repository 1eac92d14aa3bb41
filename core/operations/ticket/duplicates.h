// ticket.duplicates: compares a ticket afresh with what the desk has now. ticket.suspected: what nobody has decided
// yet.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/operations/operation.h"
#include "core/operations/ticket/index_progress.h"
#include "core/operations/ticket/ticket_view.h"

namespace gilir {

struct LookAlike : DuplicateView {
  std::string title;
  std::optional<AgentName> assignee;
  // What looks like it.
  TicketNumber ticket;
  std::string ticket_title;
  std::optional<AgentName> ticket_assignee;
  // Of the whole desk: the oldest ticket of those that look alike, which tells groups apart.
  std::optional<TicketNumber> oldest;
  // And how many tickets of the group are in none of its pairs that are listed.
  std::optional<std::int64_t> not_listed;
};
BOOST_DESCRIBE_STRUCT(LookAlike, (DuplicateView),
                      (title, assignee, ticket, ticket_title, ticket_assignee, oldest, not_listed))

struct LookAlikes {
  std::vector<LookAlike> duplicates;
  // Some may be missing.
  std::optional<IndexProgress> indexing;
};
BOOST_DESCRIBE_STRUCT(LookAlikes, (), (duplicates, indexing))

// Best first, at most `limit` (1 to most_look_alikes_asked).
struct FindDuplicates {
  TicketNumber number;
  std::int64_t limit = 5;

  using Result = LookAlikes;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(FindDuplicates, (), (number, limit))

struct SuspectedDuplicates {
  std::vector<LookAlike> pairs;
  bool truncated = false;
  // Where the next page begins.
  std::optional<std::string> next;
};
BOOST_DESCRIBE_STRUCT(SuspectedDuplicates, (), (pairs, truncated, next))

// Open tickets that look alike, until they are finished or somebody has decided: of the whole desk, in groups, that of
// the newest ticket first. Of a group of n tickets n - 1 pairs tie each to one before it: see suspected_groups.h, also
// for how many of a large one are listed. `limit` is about groups; a page has no more of them when it has most_pairs.
struct ListSuspectedDuplicates {
  std::optional<std::string> after;
  std::int64_t limit = 50;

  using Result = SuspectedDuplicates;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(ListSuspectedDuplicates, (), (after, limit))

}  // namespace gilir
