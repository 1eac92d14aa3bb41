#include "core/lock/arbiter.h"

#include "core/base/error.h"
#include "core/lock/acquire.h"
#include "core/lock/asking.h"
#include "core/lock/line.h"
#include "core/lock/rows.h"
#include "core/lock/tickets.h"
#include "core/lock/transition.h"

namespace gilir {
namespace {

bool stands(const Locks& locks, const HeldUnder& held) {
  const Hold* hold = find_row(locks.holds, &Hold::hold, held.hold);
  return hold && hold->lease == held.lease && row_of(locks.leases, &Lease::lease, held.lease).token == held.token;
}

Outcome renew(Transition& t, const Renew& request) {
  Lost lost;
  for (const HeldUnder& held : request.holds) {
    if (!stands(t.locks, held)) lost.holds.push_back(held.hold);
  }
  if (!lost.holds.empty()) return lost;
  Renewed renewed;
  for (const HeldUnder& held : request.holds) {
    Hold& hold = row_of(t.locks.holds, &Hold::hold, held.hold);
    const Milliseconds term = hold.kind == HoldKind::kept
                                  ? row_of(t.locks.servers, &ServerLock::server, hold.server).term
                                  : hold.deadline.term;
    // Never earlier than before, now and after a reboot: when the server's term was shortened and this answer gets
    // lost, the client goes on by the deadline of the last one.
    const BootTime at = std::max(hold.deadline.at, t.at + term);
    hold.deadline = {at, hold.kind == HoldKind::kept ? at - t.at : term};
    renewed.holds.push_back({hold.hold, hold.deadline});
  }
  return renewed;
}

Outcome release(Transition& t, const Release& request) {
  if (const Hold* hold = find_row(t.locks.holds, &Hold::hold, request.hold)) {
    if (hold->lease != request.lease) return Lost{{request.hold}};
    request.over ? release_hold(t, request.hold) : close_hold(t, request.hold);
    return Released{!find_row(t.locks.leases, &Lease::lease, request.lease)};
  }
  // Late, but now it is known how its session ended. The hold names itself: its lease may be over, and its mark with a
  // newer one of the same agent.
  if (find_row(t.locks.unclosed, &Unclosed::hold, request.hold)) {
    request.over ? clear_mark(t, request.hold) : close_mark(t, request.hold);
  }
  return Lost{{request.hold}};
}

Outcome abandon(Transition& t, const HolderGone& request) {
  const Hold* hold = find_row(t.locks.holds, &Hold::hold, request.hold);
  if (!hold || hold->lease != request.lease || hold->kind != HoldKind::kept) return Lost{{request.hold}};
  if (!has_line(t.locks, hold->server)) abandon_hold(t, request.hold);
  return Applied{};
}

Outcome leave(Transition& t, const Leave& request) {
  if (!find_row(t.locks.waits, &Wait::wait, request.wait)) return NoSuchWait{};
  end_wait(t, request.wait, request.timed_out ? WaitEnd::timed_out : WaitEnd::left);
  return Left{};
}

Outcome configure(Transition& t, const Configure& request) {
  const ServerName& name = request.server.server;
  ServerLock* lock = find_row(t.locks.servers, &ServerLock::server, name);
  if (!lock) {
    const auto after = std::upper_bound(t.locks.servers.begin(), t.locks.servers.end(), request.server,
                                        [](const ServerLock& a, const ServerLock& b) { return a.server < b.server; });
    t.locks.servers.insert(after, request.server);
    return Applied{};
  }
  const Token last = std::max(lock->last_token, request.server.last_token);
  *lock = request.server;
  lock->last_token = last;
  for (auto place = t.locks.places.rbegin(); place != t.locks.places.rend(); ++place) {
    if (seats_available(t.locks, name) >= 0) break;
    if (place->offered && is_at(t.locks, place->place, name)) withdraw_offer(t, *place);
  }
  return Applied{};
}

Outcome remove_server(Transition& t, const RemoveServer& request) {
  const ServerName& name = request.server;
  if (find_row(t.locks.leases, &Lease::server, name) || find_row(t.locks.unclosed, &Unclosed::server, name)) {
    return InUse{name};
  }
  std::vector<WaitId> waits;
  for (const Wait& wait : t.locks.waits) {
    if (is_at(t.locks, wait.place, name)) waits.push_back(wait.wait);
  }
  for (const WaitId wait : waits) end_wait(t, wait, WaitEnd::server_removed);
  std::erase_if(t.locks.servers, [&](const ServerLock& lock) { return lock.server == name; });
  return Applied{};
}

void restart(Deadline& deadline, BootTime now) {
  deadline.at = now + deadline.term;
}

void reboot(Locks& locks, BootTime now) {
  locks.clock = now;
  for (Hold& hold : locks.holds) restart(hold.deadline, now);
  for (Unclosed& mark : locks.unclosed) {
    restart(mark.until, now);
    restart(mark.permit, now);
  }
  for (Wait& wait : locks.waits) restart(wait.deadline, now);
  for (Refusal& refusal : locks.refusals) restart(refusal.until, now);
  for (Demand& demand : locks.demands) {
    restart(demand.deadline, now);
    restart(demand.asker, now);
  }
  for (Place& place : locks.places) {
    if (place.offered) restart(place.offer, now);
    place.passed_over = false;
  }
}

void require_servers(const Locks& locks, const Request& request) {
  const auto require = [&](const ServerName& name) {
    if (!find_row(locks.servers, &ServerLock::server, name)) {
      throw Error(ErrorCode::not_found).with("kind", "server").with("name", name);
    }
  };
  if (const Acquire* asked = std::get_if<Acquire>(&request)) {
    for (const ServerName& name : asked->servers) require(name);
  } else if (const RemoveServer* removed = std::get_if<RemoveServer>(&request)) {
    require(removed->server);
  }
}

struct Apply {
  Transition& t;
  WallTime wall;

  Outcome operator()(const Acquire& request) const { return acquire(t, request, wall); }
  Outcome operator()(const Renew& request) const { return renew(t, request); }
  Outcome operator()(const Release& request) const { return release(t, request); }
  Outcome operator()(const HolderGone& request) const { return abandon(t, request); }
  Outcome operator()(const Leave& request) const { return leave(t, request); }
  Outcome operator()(const TicketMerged& request) const {
    follow_merge(t, request);
    return Applied{};
  }
  Outcome operator()(const TicketUnmerged& request) const {
    follow_unmerge(t, request);
    return Applied{};
  }
  Outcome operator()(const TicketFinished& request) const {
    follow_finish(t, request);
    return Applied{};
  }
  Outcome operator()(const Reboot&) const { return Applied{}; }
  Outcome operator()(const Settle&) const { return Applied{}; }
  Outcome operator()(const Configure& request) const { return configure(t, request); }
  Outcome operator()(const RemoveServer& request) const { return remove_server(t, request); }
  Outcome operator()(const AskHolder& request) const { return ask_holder(t, request); }
  Outcome operator()(const KeepAsking& request) const { return keep_asking(t, request); }
  Outcome operator()(const AnswerDemand& request) const { return answer_demand(t, request); }
  Outcome operator()(const QuestionShown& request) const { return show_question(t, request); }
  Outcome operator()(const WithdrawDemand& request) const { return withdraw_demand(t, request); }
};

}  // namespace

Stepped step(Locks locks, const Request& request, Now now) {
  require_servers(locks, request);
  if (std::holds_alternative<Reboot>(request)) reboot(locks, now.boot);
  Settled settled = settle(std::move(locks), now.boot);
  Stepped stepped{std::move(settled.locks), Applied{}, std::move(settled.events)};
  Transition t{stepped.locks, stepped.locks.clock, stepped.events};
  stepped.outcome = std::visit(Apply{t, now.wall}, request);
  offer_free_seats(t);
  return stepped;
}

}  // namespace gilir
