#include "core/lock/deadlock.h"

#include "core/lock/asking.h"
#include "core/lock/rows.h"

namespace gilir {
namespace {

class WaitGraph {
 public:
  explicit WaitGraph(const Locks& locks) : locks_(locks) {
    for (const Place& place : locks.places) {
      if (place.passed_over) continue;
      places_.push_back({&place, false});
      if (!waiter(place.agent)) agents_.push_back({&place.agent});
    }
    while (advance()) {
    }
  }

  bool can_be_served(PlaceId id) const {
    return std::any_of(places_.begin(), places_.end(),
                       [&](const Position& each) { return each.place->place == id && each.served; });
  }

  // The shortest circle through `agent`, or nothing.
  std::vector<CircleLink> circle_through(const AgentName& agent) {
    std::vector<CircleLink> tree = links_of(agent);
    std::vector<std::size_t> parents(tree.size(), none);
    for (std::size_t i = 0; i < tree.size(); ++i) {
      if (tree[i].other == agent) return path_to(tree, parents, i);
      const AgentName next = tree[i].other;
      if (std::any_of(tree.begin(), tree.end(), [&](const CircleLink& link) { return link.agent == next; })) continue;
      for (CircleLink& link : links_of(next)) {
        tree.push_back(std::move(link));
        parents.push_back(i);
      }
    }
    return {};
  }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  struct Waiter {
    const AgentName* agent;
    bool free = false;
  };
  struct Position {
    const Place* place;
    bool served;
  };

  const Waiter* waiter(const AgentName& agent) const {
    for (const Waiter& each : agents_) {
      if (*each.agent == agent) return &each;
    }
    return nullptr;
  }
  bool is_free(const AgentName& agent) const {
    const Waiter* found = waiter(agent);
    return !found || found->free;
  }

  // One round of the fixpoint; false when nothing changed.
  bool advance() {
    bool changed = false;
    for (Position& each : places_) {
      if (each.served || !(each.place->offered || is_servable(*each.place))) continue;
      each.served = changed = true;
    }
    for (Waiter& each : agents_) {
      if (each.free || std::any_of(places_.begin(), places_.end(), [&](const Position& position) {
            return position.place->agent == *each.agent && !position.served;
          })) {
        continue;
      }
      each.free = changed = true;
    }
    return changed;
  }

  bool is_servable(const Place& place) const {
    return std::all_of(locks_.servers.begin(), locks_.servers.end(), [&](const ServerLock& lock) {
      return !needs(place, lock.server) || static_cast<int>(blockers(place, lock.server).size()) < lock.seats;
    });
  }

  bool needs(const Place& place, const ServerName& server) const {
    return is_at(locks_, place.place, server) && !lease_of(locks_, server, place.agent);
  }

  // The agents, each once, who are not known to be free and come before the place at the server.
  std::vector<Blocker> blockers(const Place& place, const ServerName& server) const {
    std::vector<Blocker> found;
    const auto add = [&](const AgentName& agent, BlockReason because) {
      if (agent == place.agent || is_free(agent) || find_row(found, &Blocker::agent, agent)) return;
      found.push_back({server, agent, because});
    };
    for (const Lease& lease : locks_.leases) {
      if (lease.server == server && !is_ordered_to_end(locks_, lease.lease)) add(lease.agent, BlockReason::holds);
    }
    for (const Position& each : places_) {
      if (each.place->sequence >= place.sequence) break;
      if (is_at(locks_, each.place->place, server)) {
        add(each.place->agent, each.place->offered ? BlockReason::offered : BlockReason::waits);
      }
    }
    return found;
  }

  // From an agent to all those for whom his places that cannot be served wait.
  std::vector<CircleLink> links_of(const AgentName& agent) const {
    std::vector<CircleLink> links;
    for (const Position& each : places_) {
      if (each.served || each.place->agent != agent) continue;
      for (const ServerLock& lock : locks_.servers) {
        if (!needs(*each.place, lock.server)) continue;
        const std::vector<Blocker> found = blockers(*each.place, lock.server);
        if (static_cast<int>(found.size()) < lock.seats) continue;
        for (const Blocker& blocker : found) links.push_back({agent, lock.server, blocker.agent, blocker.because});
      }
    }
    return links;
  }

  static std::vector<CircleLink> path_to(const std::vector<CircleLink>& tree, const std::vector<std::size_t>& parents,
                                         std::size_t last) {
    std::vector<CircleLink> path;
    for (std::size_t i = last; i != none; i = parents[i]) path.insert(path.begin(), tree[i]);
    return path;
  }

  const Locks& locks_;
  std::vector<Position> places_;  // renewed lately, in order
  std::vector<Waiter> agents_;    // who have such places
};

}  // namespace

std::vector<CircleLink> find_circle(const Locks& locks, PlaceId place) {
  WaitGraph graph(locks);
  if (graph.can_be_served(place)) return {};
  // No circle through him: others wait for each other, since a server lost a seat. They are told when they
  // renew.
  return graph.circle_through(row_of(locks.places, &Place::place, place).agent);
}

}  // namespace gilir
