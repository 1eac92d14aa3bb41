#include "core/operations/lock/lock_view.h"

#include <algorithm>

#include "core/lock/asking.h"
#include "core/lock/line.h"
#include "core/lock/rows.h"
#include "core/server/login_check.h"
#include "core/server/server_table.h"

namespace gilir {
namespace {

class Viewer {
 public:
  Viewer(Context& context, const Locks& locks, const ServerName& server)
      : locks_(locks), now_(context.now().boot), server_(server) {}

  std::vector<HolderView> holders() const {
    std::vector<HolderView> holders;
    for (const auto& lease : locks_.leases) {
      if (lease.server == server_) holders.push_back(holder(lease));
    }
    return holders;
  }

  std::vector<LineView> line() const {
    std::vector<LineView> line;
    int position = 0;
    for (const auto id : line_at(locks_, server_)) {
      const auto& waiting = place(id);
      const auto wait = std::ranges::find(locks_.waits, id, &Wait::place);
      ++position;
      if (wait != locks_.waits.end())
        line.push_back({waiting.agent, wait->ticket, wait->reason, wait->since, position});
    }
    return line;
  }

  std::vector<OfferView> offers() const {
    std::vector<OfferView> offers;
    for (const auto id : line_at(locks_, server_)) {
      if (place(id).offered) offers.push_back({place(id).agent, left(place(id).offer)});
    }
    return offers;
  }

  std::vector<DelayedView> delayed() const {
    std::vector<DelayedView> delayed;
    for (const auto& kept : kept_seats(locks_)) {
      if (kept.server != server_ || kept.offered) continue;
      DelayedView view{kept.agent, {}};
      for (const auto& row : locks_.place_servers) {
        if (row.place == kept.place) view.servers.push_back(row.server);
      }
      delayed.push_back(std::move(view));
    }
    return delayed;
  }

  std::vector<EndingView> ending() const {
    std::vector<EndingView> ending;
    for (const auto& mark : locks_.unclosed) {
      if (mark.server == server_ &&
          std::ranges::find(locks_.leases, mark.lease, &Lease::lease) == locks_.leases.end()) {
        ending.push_back({mark.agent,
                          mark.lease,
                          mark.hold,
                          left(mark.until),
                          mark.permit.at > now_ ? "closing" : "not_confirmed",
                          false,
                          mark.stands,
                          mark.host,
                          {}});
        if (mark.process.group != 0) ending.back().group = mark.process.group;
      }
    }
    return ending;
  }

  std::vector<DemandView> demands() const {
    std::vector<DemandView> demands;
    for (const auto& demand : locks_.demands) {
      if (demand.server != server_) continue;
      const auto& lease = row_of(locks_.leases, &Lease::lease, demand.lease);
      demands.push_back(demand_view(demand, lease.agent, silence_of(locks_, demand), now_));
    }
    return demands;
  }

 private:
  HolderView holder(const Lease& lease) const {
    HolderView view{lease.agent, lease.lease, lease.token, lease.since, {}, {}};
    for (const auto& hold : locks_.holds) {
      if (hold.lease != lease.lease) continue;
      view.holds.push_back(
          {hold.hold, hold.kind, hold.ticket, hold.reason, hold.host, hold.pid, hold.terminal, left(hold.deadline)});
      view.expires_in_s = std::max(view.expires_in_s, left(hold.deadline));
    }
    return view;
  }

  const Place& place(PlaceId id) const { return row_of(locks_.places, &Place::place, id); }
  Milliseconds left(const Deadline& deadline) const { return std::max(deadline.at - now_, Milliseconds{0}); }

  const Locks& locks_;
  BootTime now_;
  const ServerName& server_;
};

}  // namespace

namespace {

bool confirms_ends(Context& context, const Server& server) {
  return std::ranges::any_of(login_checks(context.connection(), server.name), [&](const LoginCheck& check) {
    return check.ending == SessionEnd::confirmed && (server.user.empty() || server.user == check.login);
  });
}

}  // namespace

LockView lock_view(Context& context, const Locks& locks, const ServerName& server) {
  const auto row = get_server(context.connection(), server);
  const Viewer viewer(context, locks, server);
  return {server,
          row.seats,
          std::max(seats_available(locks, server), 0),
          row.logins,
          row.level,
          row.term_s,
          row.lock_delay_s,
          confirms_ends(context, row),
          viewer.holders(),
          viewer.line(),
          viewer.offers(),
          viewer.delayed(),
          viewer.ending(),
          viewer.demands()};
}

}  // namespace gilir
