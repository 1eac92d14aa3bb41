// Somebody wants a lease to end before its holder would give the server back: a row of the locks, and its life.
//
//   knock      asks the holder, who may grant or deny. Silence until the countdown ends is a grant where nobody can
//              have missed the question (see Silence), else the holder keeps it. It is over when its asker had said
//              that they stay for the answer and have gone. Who was denied asks again for another reason, or later
//              (Refusal)
//   break      frees the server for the next in line when the countdown ends
//   steal      the same, but its asker, who must stay there, stands first in line; if they go it becomes a break
//   hand_over  the holder offers their lease to one agent, who accepts it or lets the offer lapse
//
// A demand names the lease that its asker saw and dies with it, so that nothing ever happens to whoever holds the
// server later. When its time comes it orders the cut: the lease ends for the arbiter, while each kept hold leaves
// its mark (see Unclosed), so that a countdown never shortens the time until the seat goes on. A lease has at most
// one demand.
#pragma once

#include <optional>
#include <string>

#include "core/base/describe.h"
#include "core/lock/deadline.h"

namespace gilir {

using DemandId = StrongNumber<struct DemandTag>;

// Who stays for the answer to his knock says so again before this is over; he does once half of it is.
inline constexpr Milliseconds asker_term{10'000};

enum class DemandKind { knock, break_, steal, hand_over };
BOOST_DESCRIBE_ENUM(DemandKind, knock, break_, steal, hand_over)

// What it means when a knock stays unanswered. It gives where each hold of the lease is a timed one, or a session in
// whose own line of a terminal that was used lately the question stands.
enum class Silence { keeps, gives };
BOOST_DESCRIBE_ENUM(Silence, keeps, gives)

// So long the same asker does not knock at the same lease for the same reason after a denial.
inline constexpr Milliseconds refusal_term = std::chrono::minutes{10};

// Why a demand ended without effect.
enum class DemandEnd {
  lease_over,  // its lease ended by itself
  replaced,    // by a stronger one
  denied,      // by the holder
  lapsed,      // a hand-over that nobody accepted in time
  no_asker,    // its asker has gone: a steal stands on as a break, a knock is over
  satisfied,   // a steal whose asker got a seat meanwhile
  withdrawn,   // a knock that its asker took back
  unanswered,  // a knock to which nobody said anything, where silence means that the holder keeps it
};
BOOST_DESCRIBE_ENUM(DemandEnd, lease_over, replaced, denied, lapsed, no_asker, satisfied, withdrawn, unanswered)

struct Demand {
  DemandId demand;
  LeaseId lease;
  ServerName server;
  DemandKind kind{};
  AgentName by;
  AgentName to;                  // of a hand-over: who is to have it
  std::optional<WaitId> wait{};  // of a steal: its asker's
  std::string reason;
  Deadline deadline;
  Deadline asker{};  // of a knock: when its asker has gone; without a term he need not stay
  bool operator==(const Demand&) const = default;
};
BOOST_DESCRIBE_STRUCT(Demand, (), (demand, lease, server, kind, by, to, wait, reason, deadline, asker))

// A knock that was denied. Lives as long as its lease; counts until `until`.
struct Refusal {
  DemandId demand;
  LeaseId lease;
  ServerName server;
  AgentName by;
  std::string reason;
  Deadline until;
  bool operator==(const Refusal&) const = default;
};
BOOST_DESCRIBE_STRUCT(Refusal, (), (demand, lease, server, by, reason, until))

}  // namespace gilir
