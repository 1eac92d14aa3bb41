// Verbs for tests of the lock rules: locks that are stepped along by hand, checked after every step.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "core/base/error.h"
#include "core/lock/arbiter.h"
#include "core/lock/line.h"
#include "core/lock/rows.h"
#include "tests/lock/consistency.h"

namespace gilir::test {

using namespace std::chrono_literals;

inline const AgentName sari{"sari"}, budi{"budi"}, dewi{"dewi"}, tono{"tono"};
inline const ServerName kantor{"kantor-123"}, gudang{"gudang-7"}, pusat{"pusat-1"};

class LockTest : public ::testing::Test {
 protected:
  // Term 60 s, lock delay 30 s, offer 30 s, one seat, one login, unless `server` says otherwise.
  void add_server(const ServerName& name, ServerLock server = {}) {
    server.server = name;
    step(Configure{server});
  }

  Outcome step(const Request& request) {
    Stepped stepped = gilir::step(locks, request, now);
    locks = std::move(stepped.locks);
    take(std::move(stepped.events));
    return stepped.outcome;
  }

  void take(std::vector<LockEvent> happened) {
    EXPECT_EQ(problem_in(locks, seats_may_be_short), "");
    events = std::move(happened);
    all_events.insert(all_events.end(), events.begin(), events.end());
  }

  void advance(Milliseconds time) {
    now.boot += time;
    now.wall += time;
  }

  // Lets `time` pass and settles; `events` is then what fell due.
  void settle_after(Milliseconds time) {
    advance(time);
    Settled settled = settle(locks, now.boot);
    locks = std::move(settled.locks);
    take(std::move(settled.events));
  }

  template <class Kind>
  Kind expect(const Outcome& outcome) {
    EXPECT_TRUE(std::holds_alternative<Kind>(outcome)) << "the outcome is alternative " << outcome.index();
    return std::holds_alternative<Kind>(outcome) ? std::get<Kind>(outcome) : Kind{};
  }

  static Acquire asking(const AgentName& agent, std::vector<ServerName> servers) {
    Acquire request;
    request.agent = agent;
    request.servers = std::move(servers);
    request.host = "host-of-" + agent.value;
    request.pid = 4711;
    request.terminal = "/dev/pts/3";
    return request;
  }

  static Acquire asking_in_line(const AgentName& agent, std::vector<ServerName> servers, int ticket = 0) {
    Acquire request = asking(agent, std::move(servers));
    request.wait = true;
    if (ticket) request.ticket = TicketNumber{ticket};
    return request;
  }

  static Acquire asking_timed(const AgentName& agent, std::vector<ServerName> servers, Milliseconds duration) {
    Acquire request = asking(agent, std::move(servers));
    request.kind = HoldKind::timed;
    request.duration = duration;
    return request;
  }

  // A kept hold at one server that must be granted.
  GrantedSeat acquire(const AgentName& agent, const ServerName& server, int ticket = 0) {
    Acquire request = asking(agent, {server});
    if (ticket) request.ticket = TicketNumber{ticket};
    return seat(request);
  }
  GrantedSeat acquire_timed(const AgentName& agent, const ServerName& server, Milliseconds duration) {
    return seat(asking_timed(agent, {server}, duration));
  }
  GrantedSeat seat(const Acquire& request) {
    const Granted granted = expect<Granted>(step(request));
    return granted.seats.empty() ? GrantedSeat{} : granted.seats.front();
  }

  // A place in line that must be had; its wait's id.
  WaitId wait(const AgentName& agent, std::vector<ServerName> servers, int ticket = 0) {
    return expect<Waiting>(step(asking_in_line(agent, std::move(servers), ticket))).wait;
  }
  Outcome renew_wait(const AgentName& agent, WaitId wait) {
    Acquire request = asking(agent, {});
    request.wait = true;
    request.in_line = wait;
    return step(request);
  }

  Outcome renew(const GrantedSeat& seat) { return step(Renew{{{seat.hold, seat.lease, seat.token}}}); }
  Outcome release(const GrantedSeat& seat) { return step(Release{seat.hold, seat.lease}); }
  // Its connection is closed; nobody knows whether its work is over.
  Outcome close(const GrantedSeat& seat) { return step(Release{seat.hold, seat.lease, false}); }

  // "kind agent" of each event, with the reason of ended waits, for comparing at a glance.
  std::vector<std::string> told() const {
    std::vector<std::string> lines;
    for (const LockEvent& event : events) {
      std::string line = std::string(enum_name(event.kind)) + " " + event.agent.value;
      if (event.reason) line += " " + std::string(enum_name(*event.reason));
      lines.push_back(line);
    }
    return lines;
  }
  using Told = std::vector<std::string>;

  bool is_offered(WaitId wait) const {
    const Wait* row = find_row(locks.waits, &Wait::wait, wait);
    return row && row_of(locks.places, &Place::place, row->place).offered;
  }

  Locks locks;
  Now now{WallTime{1'795'000'000s}, BootTime{1000s}};
  std::vector<LockEvent> events;      // of the last step
  std::vector<LockEvent> all_events;  // of all steps
  bool seats_may_be_short = false;
};

}  // namespace gilir::test
