// lock.break, lock.knock, lock.hand_over and lock.answer: asking that a lease ends before its holder would give the
// server back, and his answer. See core/lock/demand.h; a steal is an acquire (core/operations/lock/acquire.h).
#pragma once

#include <optional>
#include <string>

#include "core/operations/lock/demand_view.h"
#include "core/operations/operation.h"

namespace gilir {

// How long a holder is warned, and how long a hand-over may be accepted.
inline constexpr Milliseconds demand_countdown = Seconds{30};
inline constexpr Milliseconds hand_over_lasts = std::chrono::minutes{10};

struct AskedHolder {
  DemandView demand;
  // It has taken effect already.
  bool cut = false;
};
BOOST_DESCRIBE_STRUCT(AskedHolder, (), (demand, cut))

// Names the lease that the caller saw: Error{lease_over} {server, lease} when another one stands there by now.
// Error{asked_already} {server, kind, by, expires_in_s}. Without a countdown for supervisors only.
struct BreakLock {
  ServerName server;
  LeaseId lease;
  std::string reason;
  bool at_once = false;

  using Result = AskedHolder;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(BreakLock, (), (server, lease, reason, at_once))

// Without a lease it is the one that was taken first there by somebody else. Who stays for the answer follows the
// demand (FollowDemand) every few seconds: the holder is not put out for somebody who has gone.
struct KnockAtLock {
  ServerName server;
  std::optional<LeaseId> lease;
  std::string reason;
  bool stays = false;

  using Result = AskedHolder;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(KnockAtLock, (), (server, lease, reason, stays))

// The caller offers his lease there; the tickets of its holds go with it.
struct HandOverLock {
  ServerName server;
  AgentName to;
  std::string reason;

  using Result = AskedHolder;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(HandOverLock, (), (server, to, reason))

// The caller, who holds the server, grants or denies a knock, or takes back his offer to hand over.
// Error{asked_already} {server, kind, by, holder} for a break or a steal.
struct AnswerKnock {
  ServerName server;
  bool grant = false;

  using Result = DemandView;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(AnswerKnock, (), (server, grant))

// The caller's session shows this question in its own line of a terminal that was used lately: silence then gives the
// server away. Error{not_found} when it is not asked any more.
struct ShowQuestion {
  ServerName server;
  DemandId demand;
  HoldId hold;

  using Result = DemandView;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(ShowQuestion, (), (server, demand, hold))

// The caller takes his knock at this lease back. Error{not_found} when none stands.
struct WithdrawKnock {
  ServerName server;
  LeaseId lease;

  using Result = DemandView;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(WithdrawKnock, (), (server, lease))

struct FollowedDemand {
  std::optional<DemandView> demand;  // as long as it stands
  // How it ended, as the log's word: "denied", "withdrawn", "lease_over", "knock" (granted), "silence" (nobody
  // answered, and it went), "unanswered" (and it stayed), "hand_over", "break" …
  std::string because;
};
BOOST_DESCRIBE_STRUCT(FollowedDemand, (), (demand, because))

// What has become of a demand against this lease. Applies what fell due, so that its countdown ends; of who knocked
// it is the sign that he is still there.
struct FollowDemand {
  ServerName server;
  LeaseId lease;

  using Result = FollowedDemand;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(FollowDemand, (), (server, lease))

struct DemandPage {
  std::vector<DemandView> demands;
};
BOOST_DESCRIBE_STRUCT(DemandPage, (), (demands))

// Against the caller's leases, or offers to him.
struct ListOwnDemands {
  using Result = DemandPage;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(ListOwnDemands, (), ())

// How a process's holds stand, without renewing them: what was demanded of them, or Error{lost} as loss_of tells.
struct LookAtHolds {
  std::vector<ServerName> servers;
  std::vector<HoldId> holds;

  using Result = DemandPage;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(LookAtHolds, (), (servers, holds))

}  // namespace gilir
