#include "core/lock/line.h"

#include "core/lock/rows.h"
#include "core/lock/transition.h"

namespace gilir {
namespace {

bool needs_seat(const Locks& locks, const Place& place, const ServerName& server) {
  return !lease_of(locks, server, place.agent);
}

// Seats that ending leases and offers take besides the leases, an agent counting once.
int seats_spoken_for(const Locks& locks, const ServerName& server) {
  int count = 0;
  for (auto mark = locks.unclosed.begin(); mark != locks.unclosed.end(); ++mark) {
    if (mark->server != server || lease_of(locks, server, mark->agent)) continue;
    count += std::none_of(locks.unclosed.begin(), mark, [&](const Unclosed& earlier) {
      return earlier.server == server && earlier.agent == mark->agent;
    });
  }
  for (auto place = locks.places.begin(); place != locks.places.end(); ++place) {
    if (!place->offered || !is_at(locks, place->place, server)) continue;
    if (!needs_seat(locks, *place, server) || is_marked(locks, server, place->agent)) continue;
    count += std::none_of(locks.places.begin(), place, [&](const Place& earlier) {
      return earlier.offered && earlier.agent == place->agent && is_at(locks, earlier.place, server);
    });
  }
  return count;
}

// One walk along the line: what is still available at each server for the places to come: one seat at a server is kept
// back for an agent, however many places of that agent wait there.
class LineWalk {
 public:
  explicit LineWalk(const Locks& locks) : locks_(locks), kept_for_(locks.servers.size()) {}

  bool can_seat(const Place& place) const {
    return every_need(place, [&](std::size_t server) { return available(server) > 0; });
  }

  // Calls keep(server) for each seat that is kept back for the place.
  template <class Keep>
  void keep_back(const Place& place, Keep&& keep) {
    every_need(place, [&](std::size_t server) {
      auto& kept = kept_for_[server];
      if (available(server) > 0 && std::ranges::find(kept, place.agent) == kept.end()) {
        kept.push_back(place.agent);
        keep(locks_.servers[server].server);
      }
      return true;
    });
  }

 private:
  int available(std::size_t server) const {
    return seats_available(locks_, locks_.servers[server].server) - static_cast<int>(kept_for_[server].size());
  }

  template <class Test>
  bool every_need(const Place& place, Test&& test) const {
    for (std::size_t i = 0; i < locks_.servers.size(); ++i) {
      const ServerName& server = locks_.servers[i].server;
      if (is_at(locks_, place.place, server) && needs_seat(locks_, place, server) && !test(i)) return false;
    }
    return true;
  }

  const Locks& locks_;
  std::vector<std::vector<AgentName>> kept_for_;
};

bool stands_in_line(const Place& place) {
  return !place.offered && !place.passed_over;
}

}  // namespace

int seats_available(const Locks& locks, const ServerName& server) {
  const ServerLock* lock = find_row(locks.servers, &ServerLock::server, server);
  if (!lock) return 0;
  const auto held = std::count_if(locks.leases.begin(), locks.leases.end(),
                                  [&](const Lease& lease) { return lease.server == server; });
  return lock->seats - static_cast<int>(held) - seats_spoken_for(locks, server);
}

std::vector<KeptSeat> kept_seats(const Locks& locks) {
  std::vector<KeptSeat> kept;
  LineWalk walk(locks);
  for (const Place& place : locks.places) {
    if (place.offered) {
      for (const ServerName& server : servers_of(locks, place.place)) {
        if (needs_seat(locks, place, server)) kept.push_back({server, place.place, place.agent, true});
      }
    } else if (stands_in_line(place)) {
      walk.keep_back(place, [&](const ServerName& server) {
        kept.push_back({server, place.place, place.agent, false});
      });
    }
  }
  return kept;
}

std::vector<PlaceId> line_at(const Locks& locks, const ServerName& server) {
  std::vector<PlaceId> line;
  for (const Place& place : locks.places) {
    if (is_at(locks, place.place, server)) line.push_back(place.place);
  }
  return line;
}

void offer_free_seats(Transition& t) {
  if (std::none_of(t.locks.places.begin(), t.locks.places.end(), stands_in_line)) return;
  LineWalk walk(t.locks);
  for (Place& place : t.locks.places) {
    if (!stands_in_line(place)) continue;
    if (!walk.can_seat(place)) {
      walk.keep_back(place, [](const ServerName&) {});
      continue;
    }
    Milliseconds term = Milliseconds::max();
    for (const ServerLock& lock : t.locks.servers) {
      if (is_at(t.locks, place.place, lock.server)) term = std::min(term, lock.offer_time);
    }
    place.offered = true;
    place.offer = {t.at + term, term};
    report_place(t, LockEventKind::offered, place);
  }
}

}  // namespace gilir
