// Which moves a ticket's state permits: one table; and what time does to a ticket. Pure.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "core/base/describe.h"
#include "core/ticket/ticket.h"

namespace gilir {

enum class TicketVerb {
  assign,
  claim,
  start,
  reply,
  note,
  edit,
  voice,
  link,
  pass,
  escalate,
  postpone,
  wait_for_reporter,
  wait_for_unit,
  come_back,  // from being postponed or from waiting
  resolve,
  reject,
  close,
  reopen,
  merge,
  merge_into,
  unmerge,  // what it becomes is in its MergeRecord
};
BOOST_DESCRIBE_ENUM(TicketVerb, assign, claim, start, reply, note, edit, voice, link, pass, escalate, postpone,
                    wait_for_reporter, wait_for_unit, come_back, resolve, reject, close, reopen, merge, merge_into,
                    unmerge)

// Open: somebody still has to work on it.
std::span<const TicketStatus> open_statuses();
bool is_open(TicketStatus status);
// Open, but put aside: postponed, or waiting for somebody outside.
bool is_put_aside(TicketStatus status);
// Finished: its waits end. Resolved, closed, rejected and merged tickets are.
bool is_finished(TicketStatus status);

// The status after `verb`, or none when `status` does not permit it.
std::optional<TicketStatus> status_after(TicketStatus status, TicketVerb verb);

// The status after `verb`; Error{wrong_state} when the ticket's status does not permit it.
TicketStatus require_move(const TicketRow& ticket, TicketVerb verb);

// How long a claim stands without any work on the ticket.
inline constexpr Milliseconds claim_term = std::chrono::minutes{30};

// Its time to come back is there.
bool comes_back(const TicketRow& ticket, WallTime now);
// Nobody has worked on it within its claim's term.
bool claim_lapsed(const TicketRow& ticket, WallTime now);
// The ticket as it stands at `now`: one that was put aside until then is its assignee's again.
TicketRow settled(TicketRow ticket, WallTime now);

}  // namespace gilir
