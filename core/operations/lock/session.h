// session.start and session.end: what was done under a kept hold, recorded in the desk's log. The end gives the holds
// back in the same transaction when the session is known to be over; else their seats stay shut for the lock-delay.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/operations/operation.h"

namespace gilir {

struct SessionHold {
  ServerName server;
  HoldId hold;
};
BOOST_DESCRIBE_STRUCT(SessionHold, (), (server, hold))

struct SessionRecorded {
  // Seats that came free with it.
  std::int64_t leases_over = 0;
};
BOOST_DESCRIBE_STRUCT(SessionRecorded, (), (leases_over))

struct StartSession {
  std::vector<SessionHold> holds;
  // "ssh" or "with".
  std::string kind;
  std::string command;
  std::optional<TicketNumber> ticket;

  using Result = SessionRecorded;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(StartSession, (), (holds, kind, command, ticket))

struct EndSession {
  std::vector<SessionHold> holds;
  std::string kind;
  std::optional<TicketNumber> ticket;
  // The session is over for certain: its connection is closed, and what ran in it has ended. Otherwise only our end of
  // the connection is known to be closed.
  bool closed = false;
  // It may stand on at the server although its processes here are gone: only time tells its end.
  bool left_behind = false;
  // False when nothing was ever opened: then nothing but the release is recorded.
  bool started = true;
  std::optional<std::int64_t> exit_status;
  std::int64_t bytes_in = 0;
  std::int64_t bytes_out = 0;
  // Why it ended before its time: "lost", "expired", "connection_lost"; empty when it ended by itself.
  std::string because;

  using Result = SessionRecorded;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(EndSession, (),
                      (holds, kind, ticket, closed, left_behind, started, exit_status, bytes_in, bytes_out, because))

}  // namespace gilir
