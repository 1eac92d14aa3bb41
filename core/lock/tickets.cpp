#include "core/lock/tickets.h"

#include "core/lock/rows.h"

namespace gilir {
namespace {

std::vector<WaitId> waits_for(const Locks& locks, TicketNumber ticket) {
  std::vector<WaitId> found;
  for (const Place& place : locks.places) {
    for (const Wait& wait : locks.waits) {
      if (wait.place == place.place && wait.ticket == ticket) found.push_back(wait.wait);
    }
  }
  return found;
}

bool other_agent_holds(const Locks& locks, const Place& place, TicketNumber ticket) {
  return std::any_of(locks.holds.begin(), locks.holds.end(), [&](const Hold& hold) {
    return hold.ticket == ticket && is_at(locks, place.place, hold.server) &&
           row_of(locks.leases, &Lease::lease, hold.lease).agent != place.agent;
  });
}

bool other_agent_waits_earlier(const Locks& locks, const Place& place, TicketNumber ticket) {
  const std::vector<ServerName> servers = servers_of(locks, place.place);
  return std::any_of(locks.waits.begin(), locks.waits.end(), [&](const Wait& wait) {
    if (wait.ticket != ticket) return false;
    const Place& other = row_of(locks.places, &Place::place, wait.place);
    if (other.sequence >= place.sequence || other.agent == place.agent) return false;
    return std::any_of(servers.begin(), servers.end(),
                       [&](const ServerName& server) { return is_at(locks, other.place, server); });
  });
}

void move_wait(Transition& t, Wait& wait, const TicketMerged& merged) {
  wait.ticket = merged.target;
  report_place(t, LockEventKind::moved, row_of(t.locks.places, &Place::place, wait.place));
  LockEvent& event = t.events.back();
  event.wait = wait.wait;
  event.ticket = merged.source;
  event.into = merged.target;
}

void move_hold(Transition& t, Hold& hold, const TicketMerged& merged) {
  hold.ticket = merged.target;
  const Lease& lease = row_of(t.locks.leases, &Lease::lease, hold.lease);
  LockEvent& event = t.events.emplace_back();
  event.kind = LockEventKind::moved;
  event.due = t.at;
  event.agent = lease.agent;
  event.servers = {hold.server};
  event.lease = hold.lease;
  event.token = lease.token;
  event.hold = hold.hold;
  event.hold_kind = hold.kind;
  event.ticket = merged.source;
  event.into = merged.target;
}

}  // namespace

void follow_merge(Transition& t, const TicketMerged& merged) {
  for (Hold& hold : t.locks.holds) {
    if (hold.ticket == merged.source) move_hold(t, hold, merged);
  }
  // First to last, so that of two agents who wait for the source the earlier one stays.
  for (const WaitId id : waits_for(t.locks, merged.source)) {
    Wait& wait = row_of(t.locks.waits, &Wait::wait, id);
    const Place& place = row_of(t.locks.places, &Place::place, wait.place);
    if (other_agent_holds(t.locks, place, merged.target) || other_agent_waits_earlier(t.locks, place, merged.target)) {
      end_wait(t, id, WaitEnd::merged, merged.target);
    } else {
      move_wait(t, wait, merged);
    }
  }
}

void follow_unmerge(Transition& t, const TicketUnmerged& unmerged) {
  const TicketMerged back{unmerged.target, unmerged.ticket};
  for (Hold& hold : t.locks.holds) {
    const bool moved = std::find(unmerged.holds.begin(), unmerged.holds.end(), hold.hold) != unmerged.holds.end();
    if (moved && hold.ticket == unmerged.target) move_hold(t, hold, back);
  }
  for (Wait& wait : t.locks.waits) {
    const bool moved = std::find(unmerged.waits.begin(), unmerged.waits.end(), wait.wait) != unmerged.waits.end();
    if (moved && wait.ticket == unmerged.target) move_wait(t, wait, back);
  }
}

void follow_finish(Transition& t, const TicketFinished& finished) {
  for (const WaitId id : waits_for(t.locks, finished.ticket)) end_wait(t, id, WaitEnd::resolved);
}

}  // namespace gilir
