// What may be asked of the lock arbiter. Plain values.
#pragma once

#include <variant>

#include "core/lock/demand_requests.h"
#include "core/lock/types.h"

namespace gilir {

// One process asks for one hold at each of `servers`, all or none.
struct Acquire {
  AgentName agent;
  std::vector<ServerName> servers;
  HoldKind kind = HoldKind::kept;
  Milliseconds duration{};  // of a timed hold
  std::optional<TicketNumber> ticket;
  std::string reason;
  bool exclusive = false;
  bool wait = false;               // take a place in line rather than be refused as held
  std::optional<WaitId> in_line;   // already waits: renews that wait, and takes up its offer when it has one
  std::optional<TakeOver> taking;  // of one server, by one who waits: his place is the first
  std::string host;
  std::int64_t pid = 0;
  std::string terminal;
  HolderProcesses process{};
};

// A hold as its client knows it.
struct HeldUnder {
  HoldId hold;
  LeaseId lease;
  Token token;
};

// Gives each hold its full term again, or none when one of them is lost.
struct Renew {
  std::vector<HeldUnder> holds;
};

// Reports a hold closed. Only the process that keeps the hold may say so, after its cut. Closed is not over: where
// nothing confirmed that what ran under it has ended, the seat stays shut for the lock-delay.
struct Release {
  HoldId hold;
  LeaseId lease;
  bool over = true;
};

// The process that kept the hold is gone from its machine, where it opened nothing but connections. What stands at
// their other end is not known to be closed, so the hold leaves its mark, but its agent need not wait for it: not while
// others do.
struct HolderGone {
  HoldId hold;
  LeaseId lease;
};

struct Leave {
  WaitId wait;
  bool timed_out = false;
};

struct TicketMerged {
  TicketNumber source;
  TicketNumber target;
};

// The merge of `ticket` is taken back: of those holds and waits of `target` which it moved, whatever still stands
// there follows.
struct TicketUnmerged {
  TicketNumber ticket;
  TicketNumber target;
  std::vector<HoldId> holds;
  std::vector<WaitId> waits;
};

struct TicketFinished {
  TicketNumber ticket;
};

// Nothing but what time has done.
struct Settle {};

// The machine was started anew: every deadline starts again with its full term. Locks must then hold every
// server of the desk.
struct Reboot {};

// Adds a server or changes what it allows; its last token never falls. Holds are never ended by it.
struct Configure {
  ServerLock server;
};

// Refused with InUse while a seat there is held or ending; ends the waits that name it.
struct RemoveServer {
  ServerName server;
};

using Request =
    std::variant<Acquire, Renew, Release, HolderGone, Leave, TicketMerged, TicketUnmerged, TicketFinished, Reboot,
                 Configure, RemoveServer, AskHolder, KeepAsking, AnswerDemand, QuestionShown, WithdrawDemand, Settle>;

}  // namespace gilir
