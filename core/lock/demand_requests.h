// What may be asked of the lock arbiter about a lease that others want (core/lock/demand.h). Plain values.
#pragma once

#include <string>

#include "core/lock/demand.h"

namespace gilir {

// How an acquire gets a lease that another agent has: by stealing it, or by accepting his offer to hand it over.
struct TakeOver {
  LeaseId lease;
  DemandKind kind = DemandKind::steal;
  std::string reason;
  Milliseconds countdown{};
  bool at_once = false;
};

// Asks that a lease end; see core/lock/demand.h. `by` is the holder himself when he offers to hand over.
struct AskHolder {
  LeaseId lease;
  ServerName server;
  DemandKind kind{};
  AgentName by;
  AgentName to;
  std::string reason;
  Milliseconds countdown{};
  bool at_once = false;  // no countdown, whatever else stands
  bool stays = false;    // of a knock: its asker waits for the answer, and says so by KeepAsking
};

// Who knocked still waits for the answer.
struct KeepAsking {
  LeaseId lease;
  ServerName server;
  AgentName by;
};

// The holder's answer to a knock; not granted, it also takes back his own offer to hand over.
struct AnswerDemand {
  LeaseId lease;
  ServerName server;
  AgentName holder;
  bool grant = false;
};

// The question of this demand stands in the session's own line of a terminal that was used lately.
struct QuestionShown {
  DemandId demand;
  LeaseId lease;
  HoldId hold;
};

// Who knocked does not need it any more.
struct WithdrawDemand {
  LeaseId lease;
  ServerName server;
  AgentName by;
};

}  // namespace gilir
