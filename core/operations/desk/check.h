// desk.check: what only the desk's own data can tell about its health. Finds, and judges nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/event/event_table.h"
#include "core/operations/clock_seen.h"
#include "core/operations/operation.h"
#include "core/operations/ticket/index_progress.h"
#include "core/server/same_machine.h"

namespace gilir {

// How far looking came.
enum class Looked { whole, broken, no_time };
BOOST_DESCRIBE_ENUM(Looked, whole, broken, no_time)

struct DeskCheck {
  std::int64_t schema = 0;
  Looked file{};
  std::string damage;
  Looked log{};
  LogHead head;
  // The event at which the chain breaks.
  std::int64_t broken_event = 0;
  // It is whole but does not lead through the head that was given.
  bool cut_off = false;
  // The index of texts. While it is built, `indexing` says how far, and only what is there was looked at.
  Looked index{};
  std::string index_fault;
  std::int64_t indexed_tickets = 0;
  std::int64_t indexed_seen = 0;
  std::optional<IndexProgress> indexing;
  // The time of the last change, and what the clocks said now.
  WallTime last_change{};
  ClockSeen clock;
  // Servers with SSH whose host key is not pinned: how many, and some of their names.
  std::int64_t without_key = 0;
  std::vector<ServerName> unpinned;
  // How many have SSH.
  std::int64_t servers = 0;
  // The same of RDP and certificates.
  std::int64_t without_certificate = 0;
  std::vector<ServerName> uncertified;
  std::int64_t desktops = 0;
  // Servers that may use outdated algorithms: how many, and some of their names.
  std::int64_t legacy = 0;
  std::vector<ServerName> outdated;
  // Servers that look like one machine and have two locks: some of them.
  std::vector<SameMachine> same_machines;
  // The event at which hooks that hear of what they change were ended lately, or 0.
  std::int64_t hooks_ended = 0;
};
BOOST_DESCRIBE_STRUCT(DeskCheck, (),
                      (schema, file, damage, log, head, broken_event, cut_off, index, index_fault, indexed_tickets,
                       indexed_seen, indexing, last_change, clock, without_key, unpinned, servers, without_certificate,
                       uncertified, desktops, legacy, outdated, same_machines, hooks_ended))

// The file, the log and the index are each looked at for no longer than the limit, the whole index only with `deep`;
// the log must lead through `head`, when that was kept elsewhere.
struct CheckDesk {
  Milliseconds limit_s = Seconds{5};
  std::optional<LogHead> head = {};
  bool deep = false;

  using Result = DeskCheck;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(CheckDesk, (), (limit_s, head, deep))

}  // namespace gilir
