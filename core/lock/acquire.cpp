#include "core/lock/acquire.h"

#include "core/lock/asking.h"
#include "core/lock/deadlock.h"
#include "core/lock/line.h"
#include "core/lock/rows.h"
#include "core/lock/settle.h"

namespace gilir {
namespace {

class Acquisition {
 public:
  Acquisition(Transition& t, Acquire request, WallTime wall) : t_(t), request_(std::move(request)), wall_(wall) {}

  Outcome first_time() {
    std::sort(request_.servers.begin(), request_.servers.end());
    request_.servers.erase(std::unique(request_.servers.begin(), request_.servers.end()), request_.servers.end());
    if (auto refusal = refused_by_own()) return *refusal;
    if (request_.taking) return take_over();
    if (std::all_of(request_.servers.begin(), request_.servers.end(),
                    [&](const ServerName& server) { return can_grant(server); })) {
      return grant();
    }
    return request_.wait ? join_line() : Outcome(blockers());
  }

  Outcome in_line(WaitId id) {
    Wait* wait = find_row(t_.locks.waits, &Wait::wait, id);
    if (!wait) return NoSuchWait{};
    Place& place = row_of(t_.locks.places, &Place::place, wait->place);
    if (place.agent != request_.agent) return NoSuchWait{};
    request_.servers = servers_of(t_.locks, place.place);
    request_.ticket = wait->ticket;
    wait->deadline = {t_.at + wait_term, wait_term};
    place.passed_over = false;
    offer_free_seats(t_);
    if (place.offered) return take_up(*wait);
    if (auto circle = find_circle(t_.locks, place.place); !circle.empty()) {
      end_wait(t_, id, WaitEnd::deadlock);
      return DeadlockRefused{std::move(circle)};
    }
    return waiting(*wait, place);
  }

 private:
  const Lease* own_lease(const ServerName& server) const { return lease_of(t_.locks, server, request_.agent); }

  std::optional<Outcome> refused_by_own() const {
    for (const ServerName& server : request_.servers) {
      const Lease* lease = own_lease(server);
      if (has_no_login_left(server)) {
        if (lease && kept_holds(t_.locks, lease->lease) > 0) return OwnSession{oldest_session(lease->lease)};
        return HeldByOthers{{{server, request_.agent, BlockReason::ending}}};
      }
      if (lease && request_.exclusive) return NotExclusive{*lease};
    }
    return std::nullopt;
  }

  // Sessions that were cut count until they must have heard of it.
  bool has_no_login_left(const ServerName& server) const {
    const int logins = row_of(t_.locks.servers, &ServerLock::server, server).logins;
    if (request_.kind != HoldKind::kept || logins == 0) return false;
    const Lease* lease = own_lease(server);
    const int standing = lease ? kept_holds(t_.locks, lease->lease) : 0;
    return standing + cut_sessions(t_.locks, server, request_.agent, t_.at) >= logins;
  }

  Hold oldest_session(LeaseId lease) const {
    return *std::find_if(t_.locks.holds.begin(), t_.locks.holds.end(),
                         [&](const Hold& hold) { return hold.lease == lease && hold.kind == HoldKind::kept; });
  }

  // Shared; or a free seat, or an ending one of the agent's own, with nobody in line.
  bool can_grant(const ServerName& server) const {
    if (own_lease(server)) return true;
    const bool has_seat = is_marked(t_.locks, server, request_.agent) || seats_available(t_.locks, server) > 0;
    return has_seat && !has_line(t_.locks, server);
  }

  HeldByOthers blockers() const {
    HeldByOthers held;
    for (const ServerName& server : request_.servers) {
      if (!can_grant(server)) add_blockers(server, held.blockers);
    }
    return held;
  }

  void add_blockers(const ServerName& server, std::vector<Blocker>& found) const {
    for (const Lease& lease : t_.locks.leases) {
      if (lease.server == server) found.push_back({server, lease.agent, BlockReason::holds});
    }
    for (const Unclosed& mark : t_.locks.unclosed) {
      const Blocker blocker{server, mark.agent, BlockReason::ending};
      if (mark.server != server || lease_of(t_.locks, server, mark.agent)) continue;
      if (std::find(found.begin(), found.end(), blocker) == found.end()) found.push_back(blocker);
    }
    for (const bool offered : {true, false}) {
      for (const Place& place : t_.locks.places) {
        if (place.offered != offered || !is_at(t_.locks, place.place, server)) continue;
        found.push_back({server, place.agent, offered ? BlockReason::offered : BlockReason::waits});
      }
    }
  }

  Outcome take_over() {
    if (auto refusal = begin_taking(t_, request_.agent, request_.servers.front(), *request_.taking)) return *refusal;
    Outcome outcome = join_line();
    const auto* waiting = std::get_if<Waiting>(&outcome);
    bind_taking(t_, *request_.taking, waiting ? std::optional(waiting->wait) : std::nullopt);
    return outcome;
  }

  Outcome join_line() {
    const LockCounters before = t_.locks.last;
    const PlaceId own = own_place();
    const PlaceId id = own.value ? own : add_place();
    const WaitId wait_id{++t_.locks.last.wait.value};
    t_.locks.waits.push_back({wait_id,
                              id,
                              request_.ticket,
                              request_.reason,
                              request_.host,
                              request_.pid,
                              request_.terminal,
                              wall_,
                              {t_.at + wait_term, wait_term}});
    if (request_.taking) put_first(t_.locks, id);
    Place& place = row_of(t_.locks.places, &Place::place, id);
    const bool was_passed_over = std::exchange(place.passed_over, false);
    if (auto circle = find_circle(t_.locks, id); !circle.empty()) {
      t_.locks.waits.pop_back();
      place.passed_over = was_passed_over;
      if (!own.value) drop_place(id);
      t_.locks.last = before;
      return DeadlockRefused{std::move(circle)};
    }
    report_place(t_, LockEventKind::queued, place);
    t_.events.back().wait = wait_id;
    t_.events.back().ticket = request_.ticket;
    t_.events.back().purpose = request_.reason;
    offer_free_seats(t_);
    // Nobody else was in the way after all, only places that nobody renewed: the process is here, so it need
    // not come again for its offer. Beside other waits of its agent the turn is theirs as well.
    const Wait& wait = t_.locks.waits.back();
    if (place.offered && !own.value) return take_up(wait);
    return waiting(wait, place);
  }

  // The agent's place at exactly these servers, or 0.
  PlaceId own_place() const {
    for (const Place& place : t_.locks.places) {
      if (place.agent == request_.agent && servers_of(t_.locks, place.place) == request_.servers) return place.place;
    }
    return {};
  }

  PlaceId add_place() {
    Place place;
    place.place = PlaceId{++t_.locks.last.place.value};
    place.sequence = ++t_.locks.last.sequence;
    place.agent = request_.agent;
    t_.locks.places.push_back(place);
    for (const ServerName& server : request_.servers) t_.locks.place_servers.push_back({place.place, server});
    return place.place;
  }

  void drop_place(PlaceId id) {
    std::erase_if(t_.locks.places, [&](const Place& row) { return row.place == id; });
    std::erase_if(t_.locks.place_servers, [&](const PlaceServer& row) { return row.place == id; });
  }

  Waiting waiting(const Wait& wait, const Place& place) const {
    Waiting outcome{wait.wait, place.place, {}, place.offered, next_due(t_.locks)};
    for (const ServerName& server : request_.servers) {
      const std::vector<PlaceId> line = line_at(t_.locks, server);
      const auto ahead = std::find(line.begin(), line.end(), place.place) - line.begin();
      outcome.positions.push_back({server, static_cast<int>(ahead) + 1});
    }
    return outcome;
  }

  Outcome take_up(const Wait& wait) {
    const WaitId id = wait.wait;
    const PlaceId place = wait.place;
    if (auto refusal = refused_by_own()) {
      const bool own_session = !std::holds_alternative<NotExclusive>(*refusal);
      end_wait(t_, id, own_session ? WaitEnd::own_session : WaitEnd::not_exclusive);
      return *refusal;
    }
    Granted granted = grant();
    end_wait(t_, id, WaitEnd::granted);
    while (const Wait* other = find_row(t_.locks.waits, &Wait::place, place)) {
      end_wait(t_, other->wait, WaitEnd::shared);
    }
    return granted;
  }

  Granted grant() {
    Granted granted;
    const HoldSetId set{request_.servers.size() > 1 ? ++t_.locks.last.set.value : 0};
    for (const ServerName& server : request_.servers) granted.seats.push_back(grant_at(server, set));
    return granted;
  }

  GrantedSeat grant_at(const ServerName& server, HoldSetId set) {
    ServerLock& lock = row_of(t_.locks.servers, &ServerLock::server, server);
    const Lease* own = own_lease(server);
    const bool shared = own != nullptr;
    const Lease lease = shared ? *own : add_lease(lock);
    const Milliseconds term = request_.kind == HoldKind::kept ? lock.term : request_.duration;
    const HoldId id{++t_.locks.last.hold.value};
    t_.locks.holds.push_back({id,
                              lease.lease,
                              server,
                              set,
                              request_.kind,
                              request_.ticket,
                              request_.reason,
                              request_.host,
                              request_.pid,
                              request_.terminal,
                              wall_,
                              {t_.at + term, term},
                              request_.process});
    LockEvent& event = t_.events.emplace_back();
    event.kind = shared ? LockEventKind::shared : LockEventKind::granted;
    event.due = t_.at;
    event.agent = request_.agent;
    event.servers = {server};
    event.lease = lease.lease;
    event.token = lease.token;
    event.hold = id;
    event.hold_kind = request_.kind;
    event.ticket = request_.ticket;
    event.purpose = request_.reason;
    return {server, lease.lease, id, lease.token, shared, {t_.at + term, term}};
  }

  Lease add_lease(ServerLock& lock) {
    lock.last_token.value = std::max<std::int64_t>(lock.last_token.value + 1, wall_.time_since_epoch().count());
    const LeaseId id{++t_.locks.last.lease.value};
    // What is still unclosed of his earlier lease does not bind him, but binds others after this one.
    for (Unclosed& mark : t_.locks.unclosed) {
      if (mark.server == lock.server && mark.agent == request_.agent) mark.lease = id;
    }
    t_.locks.leases.push_back({id, lock.server, request_.agent, lock.last_token, wall_});
    return t_.locks.leases.back();
  }

  Transition& t_;
  Acquire request_;
  WallTime wall_;
};

}  // namespace

Outcome acquire(Transition& t, Acquire request, WallTime wall) {
  const std::optional<WaitId> in_line = request.in_line;
  Acquisition acquisition(t, std::move(request), wall);
  return in_line ? acquisition.in_line(*in_line) : acquisition.first_time();
}

}  // namespace gilir
