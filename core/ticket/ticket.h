// A ticket: one complaint, with a number that never changes or disappears.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/describe.h"
#include "core/base/ids.h"

namespace gilir {

enum class TicketStatus {
  new_,
  assigned,
  in_progress,
  waiting_reporter,
  waiting_unit,
  postponed,
  resolved,
  closed,
  rejected,
  merged,
};
BOOST_DESCRIBE_ENUM(TicketStatus, new_, assigned, in_progress, waiting_reporter, waiting_unit, postponed, resolved,
                    closed, rejected, merged)

// A ticket's row.
struct TicketRow {
  TicketNumber number;
  std::string title;
  std::string body;
  TicketStatus status{};
  std::string category;
  std::int64_t reporter = 0;
  std::optional<ServerName> server;
  // Who answers to the reporter until the end; empty until the first assignment.
  std::optional<AgentName> owner;
  // Who works on it now.
  std::optional<AgentName> assignee;
  int tier = 1;
  bool urgent = false;
  WallTime created{};
  WallTime updated{};
  // The promise to the reporter: next news by.
  std::optional<WallTime> next_news;
  std::optional<TicketNumber> merged_into;
  // Rises by one with every change.
  std::int64_t version = 1;
  // Postponed or waiting: when it comes back by itself.
  std::optional<WallTime> postponed_until;
  // A claim (`next --claim`) is a lease on the work: until when it stands without any.
  std::optional<WallTime> claimed_until;
};
BOOST_DESCRIBE_STRUCT(TicketRow, (),
                      (number, title, body, status, category, reporter, server, owner, assignee, tier, urgent, created,
                       updated, next_news, merged_into, version, postponed_until, claimed_until))

// What `ticket merge` moved, exactly as it stood before, so that it can be taken back.
struct MergeRecord {
  std::int64_t id = 0;
  TicketNumber source;
  TicketNumber target;
  WallTime at{};
  AgentName by;
  TicketStatus source_status{};
  std::optional<AgentName> source_assignee;
  std::optional<AgentName> source_owner;
  int source_tier = 1;
  std::optional<WallTime> source_next_news;
  std::optional<WallTime> target_next_news;
  bool target_urgent = false;
  WallTime source_updated{};
  // Holds and waits that followed the ticket, as "hold:12 wait:7".
  std::string moved;
  bool source_urgent = false;
  std::optional<WallTime> source_postponed_until;
  std::optional<WallTime> source_claimed_until;
};
BOOST_DESCRIBE_STRUCT(MergeRecord, (),
                      (id, source, target, at, by, source_status, source_assignee, source_owner, source_tier,
                       source_next_news, target_next_news, target_urgent, source_updated, moved, source_urgent,
                       source_postponed_until, source_claimed_until))

// One reporter who asks for a ticket's answer: its own reporter, or that of a ticket merged into it (`via`).
struct Voice {
  TicketNumber ticket;
  std::int64_t reporter = 0;
  TicketNumber via;
};
BOOST_DESCRIBE_STRUCT(Voice, (), (ticket, reporter, via))

}  // namespace gilir
