#include "core/ticket/ticket_rules.h"

#include <algorithm>
#include <array>

#include "core/base/error.h"

namespace gilir {
namespace {

using enum TicketStatus;
using enum TicketVerb;

constexpr std::array open_ones{new_, assigned, in_progress, waiting_reporter, waiting_unit, postponed};

// A set of statuses, a bit each.
constexpr unsigned of(auto... statuses) {
  return ((1U << static_cast<unsigned>(statuses)) | ...);
}

constexpr unsigned in_work = of(assigned, in_progress);
constexpr unsigned put_aside = of(waiting_reporter, waiting_unit, postponed);
constexpr unsigned open = of(new_) | in_work | put_aside;
constexpr unsigned undecided = open | of(resolved, rejected);

struct Move {
  TicketVerb verb;
  unsigned from;
  // Without it the status stays.
  std::optional<TicketStatus> to;
};

constexpr std::array moves{
    Move{assign, open, assigned},
    Move{claim, of(new_, assigned), assigned},
    Move{claim, of(in_progress), in_progress},
    Move{start, of(new_, assigned) | put_aside, in_progress},
    Move{reply, undecided, {}},
    Move{note, undecided | of(closed), {}},
    Move{edit, undecided, {}},
    Move{voice, open | of(resolved), {}},
    Move{link, undecided | of(closed), {}},
    Move{pass, in_work | put_aside, assigned},
    Move{escalate, open, assigned},
    Move{postpone, open, postponed},
    Move{wait_for_reporter, open, waiting_reporter},
    Move{wait_for_unit, open, waiting_unit},
    Move{come_back, put_aside, assigned},
    Move{resolve, open, resolved},
    Move{reject, open, rejected},
    Move{close, of(resolved), closed},
    Move{reopen, of(resolved, closed, rejected), assigned},
    Move{merge, open | of(resolved), merged},
    Move{merge_into, open | of(resolved), {}},
    Move{unmerge, of(merged), {}},
};

}  // namespace

std::span<const TicketStatus> open_statuses() {
  return open_ones;
}
bool is_open(TicketStatus status) {
  return (open & of(status)) != 0;
}
bool is_put_aside(TicketStatus status) {
  return (put_aside & of(status)) != 0;
}
bool is_finished(TicketStatus status) {
  return !is_open(status);
}

std::optional<TicketStatus> status_after(TicketStatus status, TicketVerb verb) {
  const auto move = std::ranges::find_if(
      moves, [&](const Move& candidate) { return candidate.verb == verb && (candidate.from & of(status)) != 0; });
  if (move == moves.end()) return std::nullopt;
  return move->to.value_or(status);
}

TicketStatus require_move(const TicketRow& ticket, TicketVerb verb) {
  if (const auto after = status_after(ticket.status, verb)) return *after;
  throw Error(ErrorCode::wrong_state).with("number", ticket.number).with("status", ticket.status).with("verb", verb);
}

bool comes_back(const TicketRow& ticket, WallTime now) {
  return is_put_aside(ticket.status) && ticket.postponed_until && *ticket.postponed_until <= now;
}

bool claim_lapsed(const TicketRow& ticket, WallTime now) {
  return ticket.claimed_until && *ticket.claimed_until <= now;
}

TicketRow settled(TicketRow ticket, WallTime now) {
  if (!comes_back(ticket, now)) return ticket;
  ticket.status = require_move(ticket, come_back);
  ticket.postponed_until.reset();
  return ticket;
}

}  // namespace gilir
