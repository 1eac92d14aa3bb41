// What happened to locks: the closed list of events that the rules report, for the log, bells and hooks.
#pragma once

#include <optional>
#include <vector>

#include "core/lock/types.h"

namespace gilir {

enum class LockEventKind {
  granted,          // a lease and its first hold
  shared,           // a further hold under its agent's lease
  released,         // a hold was reported closed, and its work over
  closed,           // a hold was reported closed, but not confirmed over: its work may go on
  expired,          // a hold ran out, or another hold of its set did
  moved,            // a hold or a wait followed its ticket: ticket → into
  ended,            // the seat is free: its lease is over and nothing unclosed binds it
  queued,           // a process began to wait
  offered,          // a place's turn has come
  offer_withdrawn,  // the seat that an offer counted on is gone; the place waits on
  wait_ended,       // with a reason
  asked,            // a demand was made against the agent's lease
  demand_ended,     // without effect
  cut_ordered,      // a demand took effect: the agent's lease ends
  cut,              // a hold of that lease ended with it
};
BOOST_DESCRIBE_ENUM(LockEventKind, granted, shared, released, closed, expired, moved, ended, queued, offered,
                    offer_withdrawn, wait_ended, asked, demand_ended, cut_ordered, cut)

enum class WaitEnd {
  granted,        // took up its offer
  shared,         // another process of its agent took up the offer of their place
  own_session,    // at its turn its agent had all the logins that the server stands
  not_exclusive,  // at its turn its agent had a lease that it did not want to share
  lapsed,         // not renewed in time
  offer_lapsed,   // its offer was not taken up in time
  left,           // went by itself
  timed_out,      // went when its own patience ran out
  merged,         // its ticket was merged into one that another agent works on there: ticket → into
  resolved,       // its ticket is finished
  deadlock,       // circumstances changed so that it would have waited for ever
  server_removed,
};
BOOST_DESCRIBE_ENUM(WaitEnd, granted, shared, own_session, not_exclusive, lapsed, offer_lapsed, left, timed_out, merged,
                    resolved, deadlock, server_removed)

// `agent` is the holder's, of a wait the waiter's. `due` is when it took effect, which may be before the step that
// noticed. An expiry's hold and lease, and an ended wait's place, may be gone from the locks when the event is read:
// what it needs is here.
struct LockEvent {
  LockEventKind kind{};
  BootTime due{};
  AgentName agent;
  std::vector<ServerName> servers;  // several only for places and waits
  std::optional<LeaseId> lease;
  std::optional<Token> token;
  std::optional<HoldId> hold;
  std::optional<HoldKind> hold_kind;
  std::optional<PlaceId> place;
  std::optional<WaitId> wait;
  std::optional<TicketNumber> ticket;
  std::optional<TicketNumber> into;
  std::optional<WaitEnd> reason;
  std::string purpose{};  // of a hold or wait without a ticket, or of a demand, in its agent's words
  std::optional<DemandKind> demand{};
  std::optional<DemandEnd> demand_end{};
  AgentName by{};           // whose demand it is
  AgentName to{};           // to whom the lease is handed over
  bool by_silence = false;  // a knock took effect because nobody answered
  bool held_still = false;  // the lease of a hold that ended has others
  bool operator==(const LockEvent&) const = default;
};

}  // namespace gilir
