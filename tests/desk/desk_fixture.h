// A desk in a directory of its own, whose admin is ani, and the verbs that tests use on it.
#pragma once

#include <algorithm>
#include <memory>
#include <string>

#include "core/desk/local_desk.h"
#include "core/operations/lock/acquire.h"
#include "core/operations/lock/release.h"
#include "core/operations/lock/show.h"
#include "core/operations/log/read.h"
#include "core/operations/people/agent.h"
#include "core/operations/people/presence.h"
#include "core/operations/people/reporter.h"
#include "core/operations/server/add.h"
#include "core/operations/ticket/new.h"
#include "tests/fakes/expect_error.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/temporary_directory.h"

namespace gilir {

class DeskTest : public testing::Test {
 protected:
  DeskTest() {
    LocalDesk::make({path(), nullptr}, clock_, {"test desk", AgentName{"ani"}});
    open();
  }

  std::string path() const { return directory_.file("desk"); }
  // Again, as another process would.
  void open() { desk_ = std::make_unique<LocalDesk>(LocalDeskOptions{path(), nullptr}, clock_); }

  static Call call(const std::string& caller = "ani") {
    Call call;
    call.caller = AgentName{caller};
    return call;
  }
  template <class Op>
  typename Op::Result perform(const Op& operation, const std::string& caller = "ani") {
    return desk_->perform(call(caller), operation).result;
  }
  template <class Op>
  Reply<typename Op::Result> repeatable(const std::string& request_id, const Op& operation,
                                        const std::string& caller = "ani") {
    auto repeated = call(caller);
    repeated.request_id = request_id;
    return desk_->perform(repeated, operation);
  }
  template <class Op>
  typename Op::Result try_out(const Op& operation) {
    auto dry = call();
    dry.dry_run = true;
    return desk_->perform(dry, operation).result;
  }

  AgentAdded add_agent(const std::string& name, int tier = 1, Role role = Role::agent) {
    return perform(AddAgent{AgentName{name}, tier, role});
  }
  void add_server(const std::string& name, int seats = 1) {
    AddServer operation;
    operation.name = ServerName{name};
    operation.host = name + ".example";
    operation.seats = seats;
    perform(operation);
  }
  static AddReporter reporter(const std::string& name) { return {name, "kantor-123", ""}; }
  // Each title is another problem: no look-alikes.
  FiledTicket file_ticket(const std::string& title) {
    NewTicket operation;
    operation.title = title;
    operation.not_duplicate = true;
    return perform(operation);
  }

  // A timed hold for ten minutes.
  static AcquireLock timed_hold(const std::string& server) {
    AcquireLock operation;
    operation.servers = {ServerName{server}};
    operation.duration_s = std::chrono::minutes{10};
    operation.reason = "test";
    return operation;
  }
  LeaseView acquire(const std::string& server, const std::string& caller = "ani") {
    return perform(timed_hold(server), caller).leases.front();
  }
  LockView lock(const std::string& server) { return perform(ShowLock{ServerName{server}}); }

  std::vector<Event> log() { return perform(ReadLog{.after = EventNumber{0}, .limit = 1000}).events; }
  // "ticket.filed ticket.assigned": the kinds of the events after the first `skipped`.
  std::string kinds_after(std::size_t skipped) {
    std::string kinds;
    const auto events = log();
    for (std::size_t i = skipped; i < events.size(); ++i) kinds += (kinds.empty() ? "" : " ") + events[i].kind;
    return kinds;
  }
  std::size_t reporters() { return perform(ListReporters{}).reporters.size(); }

  FakeClock clock_;
  TemporaryDirectory directory_;
  std::unique_ptr<LocalDesk> desk_;
};

}  // namespace gilir
