// Judges the desk from what it is asked, answers and reports, by its own book-keeping and not by the rules'
// own functions: I2 to I6 of DESIGN §4, and that the rows are sound. I1 is judged at the target (target.h).
#pragma once

#include <set>
#include <string>

#include "core/lock/arbiter.h"

namespace gilir::simulation {

class Oracle {
 public:
  // The first thing that went wrong, or empty.
  const std::string& problem() const { return problem_; }
  void fail(std::string problem) {
    if (problem_.empty()) problem_ = std::move(problem);
  }

  // Between these, one effect is allowed, and one for `request_id` for ever (I5).
  void begin_change(std::int64_t request_id) { change_ = request_id; }
  void end_change() { change_ = 0; }

  // `request` and `outcome` are null for a settlement.
  void after(const Locks& locks, const std::vector<LockEvent>& events, Now now, const Request* request,
             const Outcome* outcome);

 private:
  // What the oracle knows of a hold that was granted and has not ended.
  struct Entry {
    HoldId hold;
    LeaseId lease;
    ServerName server;
    AgentName agent;
    HoldSetId set;
    HoldKind kind;
    Milliseconds term;
    BootTime until;
  };
  // A kept hold that ended without being reported over; `term` starts again with a reboot.
  struct Mark {
    HoldId hold;
    ServerName server;
    AgentName agent;
    BootTime until;
    Milliseconds term;
  };

  // A demand against a lease, as its event and the request told.
  struct Claim {
    LeaseId lease;
    DemandKind kind;
    AgentName by;
    AgentName to;
    BootTime until;
    Milliseconds term;
    bool stays;            // its asker must say in time that he is there still
    BootTime asker_until;  // or else he is gone then
    std::string reason{};
    std::vector<HoldId> shown{};  // whose sessions show the question
  };

  // A knock that was denied.
  struct Denial {
    LeaseId lease;
    AgentName by;
    std::string reason;
    BootTime until;
  };

  void note(const Locks& locks, const LockEvent& event, const Request* request);
  bool may_be_missed(const Claim& knock) const;
  void note_grant(const Locks& locks, const LockEvent& event, const Acquire& request);
  void note_release(const Locks& locks, const LockEvent& event, const Request* request);
  void note_late_release(const Locks& locks, const Release& release);
  void add_mark(const Mark& mark);
  void note_expiry(const Locks& locks, const LockEvent& event);
  void note_cut(const Locks& locks, const LockEvent& event);
  void note_ended_seat(const LockEvent& event);
  void note_demand(const LockEvent& event, const Request* request);
  void note_demand_end(const LockEvent& event, const Request* request);
  void note_cut_order(const LockEvent& event, const Request* request);
  void note_asker(const KeepAsking& request, BootTime now);
  void note_renewal(const Locks& locks, const Renew& request, const Outcome& outcome, BootTime now);
  void note_reboot(BootTime now);
  void note_effect(const std::vector<LockEvent>& events);

  void check_demands(const Locks& locks);
  void check_order(const Locks& locks, const Request* request);
  void check_book(const Locks& locks, BootTime now);
  void check_tickets(const Locks& locks, const Request& request, const std::vector<LockEvent>& events);
  void check_line(const Locks& locks, const std::vector<LockEvent>& events);

  std::string problem_;
  std::int64_t change_ = 0;
  std::set<std::int64_t> changed_;
  std::vector<Entry> book_;
  std::vector<Mark> marks_;
  std::vector<std::pair<ServerName, Token>> last_tokens_;
  std::vector<Claim> claims_;
  std::vector<Denial> denials_;
  std::vector<LeaseId> cut_leases_;  // by the events of this step
  std::vector<std::pair<PlaceId, std::int64_t>> sequences_;
  HoldSetId expired_set_{};
  std::int64_t checks_ = 0;
};

}  // namespace gilir::simulation
