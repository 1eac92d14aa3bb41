#include "tests/lock/consistency.h"

#include <sstream>

#include "core/lock/line.h"
#include "core/lock/rows.h"
#include "core/lock/settle.h"
#include "core/lock/transition.h"

namespace gilir::test {
namespace {

class Inspection {
 public:
  Inspection(const Locks& locks, bool seats_may_be_short) : locks_(locks), seats_may_be_short_(seats_may_be_short) {}

  std::string run() {
    check_ids();
    check_leases();
    check_marks();
    check_places();
    check_demands();
    check_seats();
    check_settled();
    return problem_;
  }

 private:
  template <class... Parts>
  void fail(const Parts&... parts) {
    if (!problem_.empty()) return;
    std::ostringstream text;
    (text << ... << parts);
    problem_ = text.str();
  }

  template <class Rows, class Row, class Id>
  void check_rising(const char* what, const Rows& rows, Id Row::*id, Id last) {
    Id previous{};
    for (const auto& row : rows) {
      if (row.*id <= previous) fail(what, " ids do not rise at ", (row.*id).value);
      previous = row.*id;
    }
    if (previous > last) fail(what, " ", previous.value, " is above its counter ", last.value);
  }

  void check_ids() {
    check_rising("lease", locks_.leases, &Lease::lease, locks_.last.lease);
    check_rising("hold", locks_.holds, &Hold::hold, locks_.last.hold);
    check_rising("unclosed hold", locks_.unclosed, &Unclosed::hold, locks_.last.hold);
    check_rising("demand", locks_.demands, &Demand::demand, locks_.last.demand);
    for (auto place = locks_.places.begin(); place != locks_.places.end(); ++place) {
      if (place->place > locks_.last.place) fail("place ", place->place.value, " is above its counter");
      if (place != locks_.places.begin() && place->sequence <= (place - 1)->sequence) fail("places are out of order");
    }
    check_rising("wait", locks_.waits, &Wait::wait, locks_.last.wait);
    if (!std::is_sorted(locks_.place_servers.begin(), locks_.place_servers.end())) fail("place servers unsorted");
  }

  void check_leases() {
    for (const Lease& lease : locks_.leases) {
      const ServerLock* server = find_row(locks_.servers, &ServerLock::server, lease.server);
      if (!server) return fail("lease ", lease.lease.value, " at no server");
      if (lease.token > server->last_token) fail("token ", lease.token.value, " above its server's last");
      if (!find_row(locks_.holds, &Hold::lease, lease.lease)) fail("lease ", lease.lease.value, " without a hold");
      if (lease_of(locks_, lease.server, lease.agent) != &lease) {
        fail(lease.agent.value, " has two leases at ", lease.server.value);
      }
    }
    for (const Hold& hold : locks_.holds) {
      const Lease* lease = find_row(locks_.leases, &Lease::lease, hold.lease);
      if (!lease || lease->server != hold.server) fail("hold ", hold.hold.value, " without its lease");
    }
  }

  void check_marks() {
    for (const Unclosed& mark : locks_.unclosed) {
      const Lease* lease = lease_of(locks_, mark.server, mark.agent);
      if (lease && lease->lease != mark.lease) fail("mark ", mark.hold.value, " is not with its agent's lease");
      const Lease* named = find_row(locks_.leases, &Lease::lease, mark.lease);
      if (named && named != lease) fail("mark ", mark.hold.value, " binds another agent's lease");
      if (find_row(locks_.holds, &Hold::hold, mark.hold)) fail("hold ", mark.hold.value, " is live and marked");
    }
  }

  void check_places() {
    for (const Place& place : locks_.places) {
      if (!find_row(locks_.waits, &Wait::place, place.place)) fail("place ", place.place.value, " without a wait");
      if (servers_of(locks_, place.place).empty()) fail("place ", place.place.value, " without a server");
      if (!place.offered && place.passed_over != (stale_from(locks_, place.place) <= locks_.clock)) {
        fail("place ", place.place.value, " is wrongly ", place.passed_over ? "" : "not ", "passed over");
      }
    }
    for (const Wait& wait : locks_.waits) {
      if (!find_row(locks_.places, &Place::place, wait.place)) fail("wait ", wait.wait.value, " without a place");
    }
    for (const PlaceServer& row : locks_.place_servers) {
      if (!find_row(locks_.places, &Place::place, row.place)) fail("a server row without its place");
      if (!find_row(locks_.servers, &ServerLock::server, row.server)) fail("a place at no server");
    }
  }

  void check_demands() {
    for (const Demand& demand : locks_.demands) {
      const Lease* lease = find_row(locks_.leases, &Lease::lease, demand.lease);
      if (!lease || lease->server != demand.server) fail("demand ", demand.demand.value, " without its lease");
      if (find_row(locks_.demands, &Demand::lease, demand.lease) != &demand) fail("a lease has two demands");
      const bool has_asker = demand.wait && find_row(locks_.waits, &Wait::wait, *demand.wait);
      if (has_asker != (demand.kind == DemandKind::steal)) fail("a steal without its asker, or the other way round");
    }
  }

  void check_seats() {
    for (const ServerLock& lock : locks_.servers) {
      if (!seats_may_be_short_ && seats_available(locks_, lock.server) < 0) {
        fail(lock.server.value, " has more seats taken than it has");
      }
    }
    Locks walked = locks_;
    std::vector<LockEvent> events;
    Transition t{walked, walked.clock, events};
    offer_free_seats(t);
    if (!events.empty()) fail("a free seat was not offered to place ", events.front().place->value);
  }

  void check_settled() {
    if (const auto due = next_due(locks_); due && *due <= locks_.clock) fail("something due was not applied");
  }

  const Locks& locks_;
  bool seats_may_be_short_;
  std::string problem_;
};

}  // namespace

std::string problem_in(const Locks& locks, bool seats_may_be_short) {
  return Inspection(locks, seats_may_be_short).run();
}

}  // namespace gilir::test
