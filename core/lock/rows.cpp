#include "core/lock/rows.h"

#include "core/lock/line.h"
#include "core/lock/transition.h"

namespace gilir {

const Lease* lease_of(const Locks& locks, const ServerName& server, const AgentName& agent) {
  for (const Lease& lease : locks.leases) {
    if (lease.agent == agent && lease.server == server) return &lease;
  }
  return nullptr;
}

bool is_marked(const Locks& locks, const ServerName& server, const AgentName& agent) {
  return std::any_of(locks.unclosed.begin(), locks.unclosed.end(),
                     [&](const Unclosed& mark) { return mark.agent == agent && mark.server == server; });
}

bool is_at(const Locks& locks, PlaceId place, const ServerName& server) {
  return std::any_of(locks.place_servers.begin(), locks.place_servers.end(),
                     [&](const PlaceServer& row) { return row.place == place && row.server == server; });
}

std::vector<ServerName> servers_of(const Locks& locks, PlaceId place) {
  std::vector<ServerName> servers;
  for (const PlaceServer& row : locks.place_servers) {
    if (row.place == place) servers.push_back(row.server);
  }
  return servers;
}

bool has_line(const Locks& locks, const ServerName& server) {
  return find_row(locks.place_servers, &PlaceServer::server, server) != nullptr;
}

BootTime stale_from(const Locks& locks, PlaceId place) {
  BootTime newest = BootTime::min() + wait_term;
  for (const Wait& wait : locks.waits) {
    if (wait.place == place) newest = std::max(newest, wait.deadline.at);
  }
  return newest - (wait_term - wait_fresh);
}

int cut_sessions(const Locks& locks, const ServerName& server, const AgentName& agent, BootTime now) {
  return static_cast<int>(std::count_if(locks.unclosed.begin(), locks.unclosed.end(), [&](const Unclosed& mark) {
    return mark.server == server && mark.agent == agent &&
           (mark.permit.at > now || mark.stands || is_seen_running(locks, mark.hold));
  }));
}

int kept_holds(const Locks& locks, LeaseId lease) {
  return static_cast<int>(std::count_if(locks.holds.begin(), locks.holds.end(), [&](const Hold& hold) {
    return hold.lease == lease && hold.kind == HoldKind::kept;
  }));
}

}  // namespace gilir
