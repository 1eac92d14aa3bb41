#include "core/lock/transition.h"

#include "core/lock/rows.h"

namespace gilir {
namespace {

// A seat that its lease has left is free once nothing unclosed binds it.
void report_ended_seat(Transition& t, LeaseId lease, const ServerName& server, const AgentName& agent) {
  if (find_row(t.locks.leases, &Lease::lease, lease) || find_row(t.locks.unclosed, &Unclosed::lease, lease)) return;
  LockEvent& event = t.events.emplace_back();
  event.kind = LockEventKind::ended;
  event.due = t.at;
  event.agent = agent;
  event.servers = {server};
  event.lease = lease;
}

void end_lease(Transition& t, LeaseId id) {
  const Lease lease = row_of(t.locks.leases, &Lease::lease, id);
  std::erase_if(t.locks.leases, [&](const Lease& row) { return row.lease == id; });
  std::erase_if(t.locks.refusals, [&](const Refusal& row) { return row.lease == id; });
  // An offer made while he had this seat did not set one aside here: the line decides again.
  for (Place& place : t.locks.places) {
    if (place.offered && place.agent == lease.agent && is_at(t.locks, place.place, lease.server)) {
      withdraw_offer(t, place);
    }
  }
  while (const Demand* demand = find_row(t.locks.demands, &Demand::lease, id)) {
    end_demand(t, demand->demand, DemandEnd::lease_over);
    t.events.back().agent = lease.agent;
  }
  report_ended_seat(t, id, lease.server, lease.agent);
}

// Takes the hold out of the locks, reports it, and leaves its lease to end_if_empty.
Hold take_hold(Transition& t, HoldId id, LockEventKind kind) {
  Hold hold = row_of(t.locks.holds, &Hold::hold, id);
  std::erase_if(t.locks.holds, [&](const Hold& row) { return row.hold == id; });
  const Lease& lease = row_of(t.locks.leases, &Lease::lease, hold.lease);
  LockEvent& event = t.events.emplace_back();
  event.kind = kind;
  event.due = t.at;
  event.agent = lease.agent;
  event.servers = {hold.server};
  event.lease = hold.lease;
  event.token = lease.token;
  event.hold = id;
  event.hold_kind = hold.kind;
  event.ticket = hold.ticket;
  event.held_still = find_row(t.locks.holds, &Hold::lease, hold.lease) != nullptr;
  return hold;
}

void end_lease_if_empty(Transition& t, LeaseId lease) {
  if (!find_row(t.locks.holds, &Hold::lease, lease)) end_lease(t, lease);
}

enum class Process { may_run, gone };

// The seat stays shut for the lock-delay from `end` on; until `permit` its process may keep its connection open.
void leave_mark(Transition& t, const Hold& hold, BootTime end, BootTime permit) {
  const BootTime until = end + row_of(t.locks.servers, &ServerLock::server, hold.server).lock_delay;
  if (until <= t.at && !is_seen_running(t.locks, hold.hold)) return;
  const AgentName& agent = row_of(t.locks.leases, &Lease::lease, hold.lease).agent;
  const Unclosed mark{hold.hold, hold.lease,  hold.server, agent, {until, until - t.at}, {permit, permit - t.at},
                      hold.host, hold.process};
  const auto after = std::upper_bound(t.locks.unclosed.begin(), t.locks.unclosed.end(), mark,
                                      [](const Unclosed& a, const Unclosed& b) { return a.hold < b.hold; });
  t.locks.unclosed.insert(after, mark);
}

void end_before_closed(Transition& t, HoldId id, LockEventKind kind, Process process) {
  const Hold hold = take_hold(t, id, kind);
  const BootTime end = std::max(hold.deadline.at, t.at);
  if (hold.kind == HoldKind::kept) leave_mark(t, hold, end, process == Process::gone ? t.at : end);
  end_lease_if_empty(t, hold.lease);
}

// With the hold's whole set, when it is a kept one of several.
void end_set_before_closed(Transition& t, HoldId id, LockEventKind kind, Process process = Process::may_run) {
  const Hold& hold = row_of(t.locks.holds, &Hold::hold, id);
  std::vector<HoldId> lost{id};
  if (hold.kind == HoldKind::kept && hold.set.value != 0) {
    for (const Hold& other : t.locks.holds) {
      if (other.set == hold.set && other.hold != id) lost.push_back(other.hold);
    }
  }
  for (const HoldId each : lost) end_before_closed(t, each, kind, process);
}

}  // namespace

void release_hold(Transition& t, HoldId hold) {
  end_lease_if_empty(t, take_hold(t, hold, LockEventKind::released).lease);
}

void close_hold(Transition& t, HoldId id) {
  const Hold hold = take_hold(t, id, LockEventKind::closed);
  if (hold.kind == HoldKind::kept) leave_mark(t, hold, t.at, t.at);
  end_lease_if_empty(t, hold.lease);
}

void expire_hold(Transition& t, HoldId hold) {
  end_set_before_closed(t, hold, LockEventKind::expired);
}

void abandon_hold(Transition& t, HoldId hold) {
  end_set_before_closed(t, hold, LockEventKind::expired, Process::gone);
}

void cut_hold(Transition& t, HoldId hold) {
  end_set_before_closed(t, hold, LockEventKind::cut);
}

void clear_mark(Transition& t, HoldId hold) {
  const Unclosed mark = row_of(t.locks.unclosed, &Unclosed::hold, hold);
  std::erase_if(t.locks.unclosed, [&](const Unclosed& row) { return row.hold == hold; });
  report_ended_seat(t, mark.lease, mark.server, mark.agent);
}

bool is_seen_running(const Locks& locks, HoldId hold) {
  return std::find(locks.seen.running.begin(), locks.seen.running.end(), hold) != locks.seen.running.end();
}

void stand_on(Locks& locks, HoldId hold, BootTime now) {
  Unclosed& mark = row_of(locks.unclosed, &Unclosed::hold, hold);
  mark.stands = true;
  if (mark.until.at <= now + standing_look) mark.until = {now + standing_look, standing_look};
}

void close_mark(Transition& t, HoldId hold) {
  Unclosed& mark = row_of(t.locks.unclosed, &Unclosed::hold, hold);
  const BootTime until = t.at + row_of(t.locks.servers, &ServerLock::server, mark.server).lock_delay;
  if (mark.stands) return;
  if (until <= t.at) return clear_mark(t, hold);
  if (until < mark.until.at) mark.until = {until, until - t.at};
  if (t.at < mark.permit.at) mark.permit = {t.at, Milliseconds{0}};
}

void end_wait(Transition& t, WaitId id, WaitEnd reason, std::optional<TicketNumber> into) {
  const Wait wait = row_of(t.locks.waits, &Wait::wait, id);
  Place& place = row_of(t.locks.places, &Place::place, wait.place);
  report_place(t, LockEventKind::wait_ended, place);
  LockEvent& event = t.events.back();
  event.wait = id;
  event.ticket = wait.ticket;
  event.into = into;
  event.reason = reason;
  std::erase_if(t.locks.waits, [&](const Wait& row) { return row.wait == id; });
  if (const Demand* steal = find_row(t.locks.demands, &Demand::wait, std::optional(id))) {
    const bool has_seat = reason == WaitEnd::granted || reason == WaitEnd::shared;
    end_demand(t, steal->demand, has_seat ? DemandEnd::satisfied : DemandEnd::no_asker);
  }
  if (find_row(t.locks.waits, &Wait::place, wait.place)) {
    if (!place.offered && stale_from(t.locks, wait.place) <= t.at) place.passed_over = true;
    return;
  }
  std::erase_if(t.locks.places, [&](const Place& row) { return row.place == wait.place; });
  std::erase_if(t.locks.place_servers, [&](const PlaceServer& row) { return row.place == wait.place; });
}

void withdraw_offer(Transition& t, Place& place) {
  place.offered = false;
  place.offer = {};
  place.passed_over = stale_from(t.locks, place.place) <= t.at;
  report_place(t, LockEventKind::offer_withdrawn, place);
}

void end_demand(Transition& t, DemandId id, DemandEnd reason) {
  Demand& demand = row_of(t.locks.demands, &Demand::demand, id);
  report_demand(t, LockEventKind::demand_ended, demand).demand_end = reason;
  if (reason == DemandEnd::no_asker && demand.kind == DemandKind::steal) {
    demand.kind = DemandKind::break_;
    demand.wait.reset();
    return;
  }
  std::erase_if(t.locks.demands, [&](const Demand& row) { return row.demand == id; });
}

LockEvent& report_demand(Transition& t, LockEventKind kind, const Demand& demand) {
  LockEvent& event = t.events.emplace_back();
  event.kind = kind;
  event.due = t.at;
  if (const Lease* lease = find_row(t.locks.leases, &Lease::lease, demand.lease)) event.agent = lease->agent;
  event.servers = {demand.server};
  event.lease = demand.lease;
  event.demand = demand.kind;
  event.by = demand.by;
  event.to = demand.to;
  event.purpose = demand.reason;
  return event;
}

void report_place(Transition& t, LockEventKind kind, const Place& place) {
  LockEvent& event = t.events.emplace_back();
  event.kind = kind;
  event.due = t.at;
  event.agent = place.agent;
  event.servers = servers_of(t.locks, place.place);
  event.place = place.place;
}

}  // namespace gilir
