// lock.acquire: one process asks for a hold at each of some servers, all or none, or for a place in their
// lines. Asking again with `in_line` renews the place and takes up its offer.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/lock/types.h"
#include "core/operations/operation.h"
#include "core/server/server.h"

namespace gilir {

// What the caller holds now at one server.
struct LeaseView {
  ServerName server;
  LeaseId lease;
  HoldId hold;
  Token token;
  AgentName agent;
  std::optional<TicketNumber> ticket;
  Milliseconds expires_in_s{};
  // The caller held the server already; this hold was added to his lease.
  bool shared = false;
  LockLevel level{};
};
BOOST_DESCRIBE_STRUCT(LeaseView, (), (server, lease, hold, token, agent, ticket, expires_in_s, shared, level))

struct PositionView {
  ServerName server;
  int position = 0;
};
BOOST_DESCRIBE_STRUCT(PositionView, (), (server, position))

// What a server wants to be run, on the agent's machine, before its seat goes on.
struct LogOff {
  ServerName server;
  std::string command;
};
BOOST_DESCRIBE_STRUCT(LogOff, (), (server, command))

// Either leases, one for each server in the order asked, or a wait.
struct Acquired {
  std::vector<LeaseView> leases;
  std::optional<WaitId> wait;
  std::vector<PositionView> positions;
  // The ticket that counts: the target when the one named was merged.
  std::optional<TicketNumber> ticket;
  // Of those servers that want one.
  std::vector<LogOff> log_offs = {};
};
BOOST_DESCRIBE_STRUCT(Acquired, (), (leases, wait, positions, ticket, log_offs))

struct AcquireLock {
  std::vector<ServerName> servers;
  HoldKind kind = HoldKind::timed;
  // Of a timed hold.
  Milliseconds duration_s{};
  std::optional<TicketNumber> ticket;
  std::string reason;
  bool exclusive = false;
  // Take a place in line where others hold the servers; without it that is Error{held}.
  bool wait = false;
  std::optional<WaitId> in_line;
  // Takes the one server from another agent: steals this lease of his, for the reason given, or accepts what he
  // offers to hand over. The place in line is then the first. A steal without a countdown is for supervisors.
  std::optional<LeaseId> steal = {};
  bool accept = false;
  bool at_once = false;
  std::string host;
  std::int64_t pid = 0;
  std::string terminal;
  // Where the caller's processes are found again (HolderProcesses): `group` is that of the program under the lock.
  std::string world = {};
  std::int64_t started = 0;
  std::int64_t group = 0;
  std::int64_t group_started = 0;

  using Result = Acquired;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(AcquireLock, (),
                      (servers, kind, duration_s, ticket, reason, exclusive, wait, in_line, steal, accept, at_once,
                       host, pid, terminal, world, started, group, group_started))

// One link of the circle in the details of Error{deadlock}: `agent` waits at `server` for `other`.
struct WaitsFor {
  AgentName agent;
  ServerName server;
  AgentName other;
};
BOOST_DESCRIBE_STRUCT(WaitsFor, (), (agent, server, other))

// A ticket of the holder's that looks like the caller's, in the details of Error{held}.
struct RelatedTicket {
  TicketNumber number;
  std::string strength;
  std::vector<std::string> because;
  // Whether it is another reporter's, which a merge must be told to mean.
  bool cross_reporter = false;
};
BOOST_DESCRIBE_STRUCT(RelatedTicket, (), (number, strength, because, cross_reporter))

}  // namespace gilir
