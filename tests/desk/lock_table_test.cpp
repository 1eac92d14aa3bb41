// What is loaded of the locks for a request is enough: whatever is asked, the desk's rows come to the same as when the
// rules see every server.
#include "core/lock/lock_table.h"

#include <array>
#include <random>

#include "core/lock/arbiter.h"
#include "core/lock/line.h"
#include "core/lock/rows.h"
#include "core/server/server_table.h"
#include "tests/desk/desk_fixture.h"

namespace gilir {
namespace {

using store::Transaction;

class RandomRequests : public DeskTest {
 protected:
  RandomRequests() {
    for (int i = 0; i < 5; ++i) {
      const auto number = std::to_string(i);
      add_agent("agent-" + number);
      agents_.push_back(AgentName{"agent-" + number});
      AddServer operation;
      operation.name = ServerName{"server-" + number};
      operation.host = operation.name.value + ".example";
      operation.seats = 1 + i % 2;
      operation.logins = i % 3;
      operation.term_s = Seconds{5 + 3 * i};
      operation.lock_delay_s = Seconds{2 * i};
      operation.offer_s = Seconds{3 + i};
      perform(operation);
      servers_.push_back(operation.name);
    }
    connection_ = std::make_unique<store::Connection>(store::ConnectionOptions{path() + "/desk.db"});
    all_ = load_all_locks(*connection_);
  }

  int up_to(int last) { return std::uniform_int_distribution<int>(0, last)(random_); }
  bool chance(int percent) { return up_to(99) < percent; }
  template <class Row>
  Row one_of(const std::vector<Row>& rows) {
    return rows[static_cast<std::size_t>(up_to(static_cast<int>(rows.size()) - 1))];
  }
  TicketNumber ticket() { return TicketNumber{1 + up_to(3)}; }
  BootTime now() const { return clock_.now().boot; }

  // Places that share no server may stand in any order to each other.
  static Locks without_sequences(Locks locks) {
    for (Place& place : locks.places) place.sequence = 0;
    std::ranges::sort(locks.places, {}, &Place::place);
    return locks;
  }

  // Of the rows, as an operation does, and of all that is known.
  void ask(const Request& request, const std::vector<ServerName>& servers, const AgentName& caller) {
    Transaction transaction(*connection_, Transaction::Kind::write);
    const auto before = load_locks(*connection_, servers, caller);
    const auto part = step(before, request, clock_.now());
    store_locks(*connection_, before, part.locks);
    const auto whole = step(all_, request, clock_.now());
    all_ = whole.locks;
    ASSERT_EQ(part.outcome.index(), whole.outcome.index());
    const auto stored = settle(load_all_locks(*connection_), now()).locks;
    for (const auto& server : servers_) ASSERT_EQ(line_at(stored, server), line_at(all_, server));
    ASSERT_EQ(without_sequences(stored), without_sequences(all_));
    transaction.commit();
  }

  void acquire_something() {
    Acquire request;
    request.agent = one_of(agents_);
    request.servers = {one_of(servers_)};
    while (chance(25)) request.servers.push_back(one_of(servers_));
    request.kind = chance(30) ? HoldKind::timed : HoldKind::kept;
    request.duration = Seconds{1 + up_to(30)};
    request.wait = chance(80);
    if (chance(50)) request.ticket = ticket();
    if (chance(15) && !all_.leases.empty()) {
      const auto lease = one_of(all_.leases);
      request.servers = {lease.server};
      const auto kind = chance(50) ? DemandKind::steal : DemandKind::hand_over;
      request.taking = TakeOver{lease.lease, kind, "", Seconds{1 + up_to(20)}, chance(20)};
    }
    ask(request, request.servers, request.agent);
  }

  void wait_on() {
    const auto wait = one_of(all_.waits);
    const auto& place = row_of(all_.places, &Place::place, wait.place);
    if (chance(20)) return ask(Leave{wait.wait}, servers_of_wait(*connection_, wait.wait), place.agent);
    Acquire request;
    request.agent = place.agent;
    request.servers = servers_of(all_, place.place);
    request.in_line = wait.wait;
    ask(request, request.servers, request.agent);
  }

  void go_on_holding() {
    const auto hold = one_of(all_.holds);
    const auto lease = row_of(all_.leases, &Lease::lease, hold.lease);
    if (chance(60)) return ask(Renew{{{hold.hold, hold.lease, lease.token}}}, {hold.server}, lease.agent);
    ask(Release{hold.hold, hold.lease}, {hold.server}, lease.agent);
  }

  void demand_something() {
    const auto lease = one_of(all_.leases);
    const auto other = one_of(agents_);
    const auto kind =
        std::array{DemandKind::knock, DemandKind::break_, DemandKind::hand_over}[static_cast<std::size_t>(up_to(2))];
    if (chance(20))
      return ask(AnswerDemand{lease.lease, lease.server, lease.agent, chance(50)}, {lease.server}, lease.agent);
    const bool gives = kind == DemandKind::hand_over;
    if (gives && other == lease.agent) return;
    const auto by = gives ? lease.agent : other;
    ask(AskHolder{lease.lease, lease.server, kind, by, gives ? other : AgentName{}, "", Seconds{1 + up_to(20)},
                  chance(20) && !gives, chance(50)},
        {lease.server}, by);
  }

  void move_a_ticket() {
    const TicketMerged moved{ticket(), ticket()};
    auto servers = servers_of_ticket(*connection_, moved.source);
    if (chance(30)) return ask(TicketFinished{moved.source}, servers, {});
    if (moved.source == moved.target) return;
    for (auto& server : servers_of_ticket(*connection_, moved.target)) servers.push_back(server);
    ask(moved, servers, {});
  }

  void ask_something() {
    if (chance(40)) clock_.advance(Seconds{up_to(4)});
    const int what = up_to(9);
    if (what >= 4 && what < 6 && !all_.waits.empty()) return wait_on();
    if (what == 6 && !all_.holds.empty()) return go_on_holding();
    if (what == 7 && !all_.leases.empty()) return demand_something();
    if (what == 8) return move_a_ticket();
    acquire_something();
  }

  std::mt19937 random_{20261126};
  std::vector<AgentName> agents_;
  std::vector<ServerName> servers_;
  std::unique_ptr<store::Connection> connection_;
  Locks all_;
};

TEST_F(RandomRequests, ComeToTheSameWhetherTheRulesSeeEveryServerOrThoseThatMatter) {
  // Nothing of it need survive the machine.
  connection_->script("PRAGMA synchronous=OFF");
  for (int i = 0; i < 3000; ++i) {
    SCOPED_TRACE("request " + std::to_string(i));
    ask_something();
    if (HasFailure()) return;
  }
  EXPECT_GT(all_.last.lease.value, 300);
  EXPECT_GT(all_.last.place.value, 300);
  EXPECT_GT(all_.last.demand.value, 50);
}

}  // namespace
}  // namespace gilir
