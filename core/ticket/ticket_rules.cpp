#include "core/ticket/ticket_rules.h"

#include <algorithm>
#include <array>

#include "core/base/error.h"

namespace gilir {
namespace {

struct Move {
  TicketVerb verb;
  TicketStatus from;
  TicketStatus to;
};

using enum TicketStatus;
using enum TicketVerb;

constexpr std::array moves{
    Move{assign, new_, assigned},
    Move{assign, assigned, assigned},
    Move{assign, in_progress, assigned},
    Move{start, new_, in_progress},
    Move{start, assigned, in_progress},
    Move{reply, new_, new_},
    Move{reply, assigned, assigned},
    Move{reply, in_progress, in_progress},
    Move{reply, resolved, resolved},
    Move{note, new_, new_},
    Move{note, assigned, assigned},
    Move{note, in_progress, in_progress},
    Move{note, resolved, resolved},
    Move{note, closed, closed},
    Move{escalate, new_, assigned},
    Move{escalate, assigned, assigned},
    Move{escalate, in_progress, assigned},
    Move{resolve, new_, resolved},
    Move{resolve, assigned, resolved},
    Move{resolve, in_progress, resolved},
    Move{close, resolved, closed},
    Move{merge, new_, merged},
    Move{merge, assigned, merged},
    Move{merge, in_progress, merged},
    Move{merge, resolved, merged},
    Move{merge_into, new_, new_},
    Move{merge_into, assigned, assigned},
    Move{merge_into, in_progress, in_progress},
    Move{merge_into, resolved, resolved},
};

}  // namespace

bool is_open(TicketStatus status) { return status == new_ || status == assigned || status == in_progress; }
bool is_finished(TicketStatus status) { return !is_open(status); }

std::optional<TicketStatus> status_after(TicketStatus status, TicketVerb verb) {
  const auto move = std::ranges::find_if(
      moves, [&](const Move& candidate) { return candidate.verb == verb && candidate.from == status; });
  if (move == moves.end()) return std::nullopt;
  return move->to;
}

TicketStatus require_move(const TicketRow& ticket, TicketVerb verb) {
  if (const auto after = status_after(ticket.status, verb)) return *after;
  throw Error(ErrorCode::wrong_state)
      .with("number", ticket.number)
      .with("status", ticket.status)
      .with("verb", verb);
}

}  // namespace gilir
