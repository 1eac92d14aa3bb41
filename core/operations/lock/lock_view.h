// A server's lock as people and scripts see it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/lock/types.h"
#include "core/operations/context.h"
#include "core/operations/lock/demand_view.h"
#include "core/server/server.h"

namespace gilir {

struct HoldView {
  HoldId hold;
  HoldKind kind{};
  std::optional<TicketNumber> ticket;
  std::string reason;
  std::string host;
  std::int64_t pid = 0;
  std::string terminal;
  Milliseconds expires_in_s{};
};
BOOST_DESCRIBE_STRUCT(HoldView, (), (hold, kind, ticket, reason, host, pid, terminal, expires_in_s))

struct HolderView {
  AgentName agent;
  LeaseId lease;
  Token token;
  WallTime since{};
  // Until the last of its holds runs out, unless renewed.
  Milliseconds expires_in_s{};
  std::vector<HoldView> holds;
};
BOOST_DESCRIBE_STRUCT(HolderView, (), (agent, lease, token, since, expires_in_s, holds))

struct LineView {
  AgentName agent;
  std::optional<TicketNumber> ticket;
  std::string reason;
  WallTime since{};
  int position = 0;
};
BOOST_DESCRIBE_STRUCT(LineView, (), (agent, ticket, reason, since, position))

struct OfferView {
  AgentName agent;
  Milliseconds expires_in_s{};
};
BOOST_DESCRIBE_STRUCT(OfferView, (), (agent, expires_in_s))

// A free seat that is kept for a place which waits for other servers as well.
struct DelayedView {
  AgentName agent;
  std::vector<ServerName> servers;
};
BOOST_DESCRIBE_STRUCT(DelayedView, (), (agent, servers))

// A seat that is not free yet: what its last holder ran there is not known to be over. It is gone as soon as that is
// confirmed, and at the latest after `free_in_s`.
struct EndingView {
  AgentName agent;
  LeaseId lease;
  HoldId hold;
  Milliseconds free_in_s{};
  // "closing": its process has until then to close the session, and may still confirm that it is over.
  // "not_confirmed": the session is closed or cut, and nothing confirms that it is over.
  std::string state;
  bool confirmed = false;
  // Its program was seen to run past its permit: the seat is free when it has ended.
  bool still_runs = false;
  std::string host = {};
  std::optional<std::int64_t> group = {};
};
BOOST_DESCRIBE_STRUCT(EndingView, (), (agent, lease, hold, free_in_s, state, confirmed, still_runs, host, group))

struct LockView {
  ServerName server;
  int seats = 1;
  int seats_free = 0;
  int logins = 1;
  LockLevel level{};
  Milliseconds term_s{};
  Milliseconds lock_delay_s{};
  // `server check` found that the end of a session can be confirmed there, for the login that agents use.
  bool confirms_ends = false;
  std::vector<HolderView> holders;
  std::vector<LineView> line;
  std::vector<OfferView> offers;
  std::vector<DelayedView> delayed;
  std::vector<EndingView> ending;
  std::vector<DemandView> demands;
};
BOOST_DESCRIBE_STRUCT(LockView, (),
                      (server, seats, seats_free, logins, level, term_s, lock_delay_s, confirms_ends, holders, line,
                       offers, delayed, ending, demands))

// `locks` must contain the server, settled at the context's now.
LockView lock_view(Context& context, const Locks& locks, const ServerName& server);

}  // namespace gilir
