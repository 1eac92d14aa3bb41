// log.read: what happened, in order; of the whole desk or of one ticket, server or agent.
#pragma once

#include <optional>
#include <vector>

#include "core/event/event.h"
#include "core/operations/operation.h"

namespace gilir {

struct EventPage {
  std::vector<Event> events;
  // There are more behind the last one or, for the newest, before the first one.
  bool truncated = false;
  std::optional<std::int64_t> total = {};
};
BOOST_DESCRIBE_STRUCT(EventPage, (), (events, truncated, total))

// `public`: of a ticket only, what its reporter may see.
//
// At most one of ticket, server and agent; a ticket or server that does not exist is Error{not_found}, one
// that existed has its history still. Without `after` the newest `limit` events, in ascending order.
struct ReadLog {
  std::optional<TicketNumber> ticket = {};
  std::optional<ServerName> server = {};
  std::optional<AgentName> agent = {};
  std::optional<EventNumber> after = {};
  std::int64_t limit = 100;
  bool count = false;
  bool public_ = false;

  using Result = EventPage;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(ReadLog, (), (ticket, server, agent, after, limit, count, public_))

}  // namespace gilir
