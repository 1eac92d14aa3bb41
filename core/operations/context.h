// What an operation runs in: one transaction, one reading of the clock, one caller. Collects the events, and
// the bells and signals that follow from it. Never outlives the transaction.
#pragma once

#include <algorithm>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/error.h"
#include "core/event/event_table.h"
#include "core/operations/clock_seen.h"
#include "core/operations/index_upkeep.h"
#include "core/people/people.h"
#include "core/process/process_group.h"
#include "core/store/connection.h"

namespace gilir {

class Context {
 public:
  Context(store::Connection& connection, Now now, Agent caller, bool writes)
      : connection_(connection),
        now_(now),
        caller_(std::move(caller)),
        writes_(writes),
        events_(connection, now.wall, caller_.name) {}

  store::Connection& connection() { return connection_; }
  Now now() const { return now_; }
  const Agent& caller() const { return caller_; }
  // Error{not_allowed} when the caller's role is a lower one.
  void require(Role role) const {
    if (caller_.role < role) throw Error(ErrorCode::not_allowed).with("needs", role).with("agent", caller_.name);
  }
  // False in a read: nothing may be stored, and what fell due is only shown as if it were.
  bool writes() const { return writes_; }

  EventNumber log(EventKind kind, std::vector<Subject> subjects, EventFacts facts) {
    return events_.append(kind, std::move(subjects), std::move(facts));
  }
  const std::vector<EventKind>& logged() const { return events_.appended(); }

  // What the clocks say. When the machine was started anew since the last change, and only a read sees it so far,
  // deadlines count from their full term again, as the next change will store them.
  void see_clock(const ClockSeen& seen) { clock_seen_ = seen; }
  const ClockSeen& clock_seen() const { return clock_seen_; }
  bool sees_restart() const { return !writes_ && clock_seen_.boot == BootSeen::newer; }

  // --if-version: an operation on one ticket compares it.
  void expect_version(std::optional<std::int64_t> version) { expected_version_ = version; }
  std::optional<std::int64_t> expected_version() const { return expected_version_; }

  // The name under which a server's lock is kept: see core/server/server.h.
  ServerName lock_of(const ServerName& server);

  // The bell of a server is rung after the commit; the desk's own bell is rung after every event.
  void ring(const ServerName& server) { bells_.insert(server); }
  const std::set<ServerName>& bells() const { return bells_; }

  // False when the index of texts is damaged: the change is made without it, and says with leave_index() where
  // something would have been looked up or kept.
  void go_without_index() { uses_index_ = false; }
  bool uses_index() const { return uses_index_; }
  void leave_index() { leaves_index_ = true; }
  bool leaves_index() const { return leaves_index_; }

  // What takes long to find and only explains a refusal: once the change is refused and the gate is left, in a read of
  // its own.
  using Explanation = std::function<void(Context&, Error&)>;
  void explain_refusal(Explanation explanation) { explanation_ = std::move(explanation); }
  const Explanation& explanation() const { return explanation_; }

  // A text was added to the index, which may want to be kept up afterwards.
  void note_indexing() { index_upkeep_ = std::max(index_upkeep_, IndexUpkeep::some); }
  // What is left of an older desk's index should be built now, however long it takes.
  void finish_index() { index_upkeep_ = std::max(index_upkeep_, IndexUpkeep::whole); }
  // All of it is made anew.
  void renew_index() { index_upkeep_ = IndexUpkeep::anew; }
  IndexUpkeep index_upkeep() const { return index_upkeep_; }

  // Sent once the transaction is over, and never for a change that is only tried: a process cannot be rolled back.
  void send(GroupSignal signal) { signals_.push_back(std::move(signal)); }
  const std::vector<GroupSignal>& signals() const { return signals_; }

 private:
  store::Connection& connection_;
  Now now_;
  Agent caller_;
  bool writes_;
  EventLog events_;
  ClockSeen clock_seen_;
  std::optional<std::int64_t> expected_version_;
  std::set<ServerName> bells_;
  std::vector<GroupSignal> signals_;
  Explanation explanation_;
  bool uses_index_ = true;
  bool leaves_index_ = false;
  IndexUpkeep index_upkeep_ = IndexUpkeep::none;
};

}  // namespace gilir
