// Who waits, and where: a place in the lines of some servers, and the processes that keep it. Rows of the locks, as in
// core/lock/types.h; their order is told in core/lock/line.h.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "core/base/clock.h"
#include "core/base/describe.h"
#include "core/base/ids.h"
#include "core/lock/deadline.h"

namespace gilir {

// One agent's position at one exact set of servers, in the one order of all lines, as long as it has a wait.
struct Place {
  PlaceId place;
  std::int64_t sequence = 0;
  AgentName agent;
  bool offered = false;
  bool passed_over = false;  // not renewed lately: it neither gets an offer nor keeps a seat
  Deadline offer;            // meaningful while offered
  bool operator==(const Place&) const = default;
};
BOOST_DESCRIBE_STRUCT(Place, (), (place, sequence, agent, offered, passed_over, offer))

// In order of place, then server.
struct PlaceServer {
  PlaceId place;
  ServerName server;
  auto operator<=>(const PlaceServer&) const = default;
};
BOOST_DESCRIBE_STRUCT(PlaceServer, (), (place, server))

// One process that waits; `deadline` moves with each of its renewals.
struct Wait {
  WaitId wait;
  PlaceId place;
  std::optional<TicketNumber> ticket;
  std::string reason;
  std::string host;
  std::int64_t pid = 0;
  std::string terminal;
  WallTime since{};
  Deadline deadline;
  bool operator==(const Wait&) const = default;
};
BOOST_DESCRIBE_STRUCT(Wait, (), (wait, place, ticket, reason, host, pid, terminal, since, deadline))

}  // namespace gilir
