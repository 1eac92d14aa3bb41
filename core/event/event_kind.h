// What may happen at a desk. Names are stable: hooks and scripts read them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/describe.h"

namespace gilir {

// In JSON the first '_' is a '.': ticket_filed is "ticket.filed".
enum class EventKind {
  desk_made,
  desk_repaired,
  clock_set,
  agent_added,
  agent_away,
  agent_back,
  agent_moved,
  agent_removed,
  reporter_added,
  reporter_edited,
  category_added,
  category_edited,
  server_added,
  server_edited,
  server_removed,
  server_trusted,
  ticket_filed,
  ticket_assigned,
  ticket_waiting,
  ticket_started,
  ticket_replied,
  ticket_noted,
  ticket_escalated,
  ticket_resolved,
  ticket_closed,
  ticket_merged,
  ticket_voiced,
  ticket_claimed,
  ticket_claim_ended,
  ticket_edited,
  ticket_linked,
  ticket_unlinked,
  ticket_told_apart,
  ticket_apart_taken_back,
  ticket_passed,
  ticket_postponed,
  ticket_returned,
  ticket_rejected,
  ticket_reopened,
  ticket_unmerged,
  promise_broken,
  lock_granted,
  lock_shared,
  lock_released,
  lock_expired,
  lock_moved,
  lock_ended,
  lock_queued,
  lock_offered,
  lock_offer_withdrawn,
  lock_wait_ended,
  lock_asked,
  lock_demand_ended,
  lock_cut_ordered,
  lock_cut,
  session_started,
  session_ended,
};
// Entry by entry: BOOST_DESCRIBE_ENUM takes no more than 52.
// clang-format off
BOOST_DESCRIBE_ENUM_BEGIN(EventKind)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, desk_made)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, desk_repaired)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, clock_set)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, agent_added)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, agent_away)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, agent_back)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, agent_moved)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, agent_removed)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, reporter_added)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, reporter_edited)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, category_added)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, category_edited)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, server_added)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, server_edited)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, server_removed)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, server_trusted)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, ticket_filed)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, ticket_assigned)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, ticket_waiting)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, ticket_started)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, ticket_replied)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, ticket_noted)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, ticket_escalated)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, ticket_resolved)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, ticket_closed)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, ticket_merged)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, ticket_voiced)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, ticket_claimed)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, ticket_claim_ended)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, ticket_edited)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, ticket_linked)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, ticket_unlinked)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, ticket_told_apart)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, ticket_apart_taken_back)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, ticket_passed)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, ticket_postponed)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, ticket_returned)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, ticket_rejected)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, ticket_reopened)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, ticket_unmerged)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, promise_broken)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, lock_granted)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, lock_shared)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, lock_released)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, lock_expired)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, lock_moved)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, lock_ended)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, lock_queued)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, lock_offered)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, lock_offer_withdrawn)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, lock_wait_ended)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, lock_asked)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, lock_demand_ended)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, lock_cut_ordered)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, lock_cut)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, session_started)
BOOST_DESCRIBE_ENUM_ENTRY(EventKind, session_ended)
BOOST_DESCRIBE_ENUM_END(EventKind)
// clang-format on

std::string event_name(EventKind kind);
std::optional<EventKind> event_kind_from_name(std::string_view name);

}  // namespace gilir
