// A desk in a directory of its own, with the verbs that ticket tests speak in. admin is in tier 1 but away, so
// that turns go to the agents that a test adds.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/desk/local_desk.h"
#include "core/operations/log/read.h"
#include "core/operations/people/agent.h"
#include "core/operations/people/presence.h"
#include "core/operations/ticket/merge.h"
#include "core/operations/ticket/new.h"
#include "core/operations/ticket/show.h"
#include "tests/fakes/expect_error.h"
#include "tests/fakes/fake_clock.h"
#include "tests/fakes/temporary_directory.h"

namespace gilir {

inline const AgentName admin{"admin"};
inline const AgentName sari{"sari"};
inline const AgentName dewi{"dewi"};
inline const AgentName agus{"agus"};

class TicketDesk : public testing::Test {
 protected:
  TicketDesk() : desk_(make(directory_.file("desk"), clock_)) { as(admin, LeaveDesk{}); }

  template <Operation Op>
  typename Op::Result as(const AgentName& caller, const Op& operation) {
    return desk_.perform(Call{.caller = caller}, operation).result;
  }

  void add_agent(const AgentName& name, int tier = 1) { as(admin, AddAgent{name, tier, Role::agent}); }

  // A problem of its own, which looks like no other ticket.
  FiledTicket file_unlike(const std::string& reporter = "Budi", const std::string& office = "kantor-123") {
    static constexpr const char* words[] = {"printer", "monitor", "telepon", "jadwal", "gaji", "absensi", "kabel"};
    const auto count = filed_++;
    NewTicket operation{.title = std::string(words[count % 7]) + " x" + std::to_string(count * 7919 + 100000),
                        .reporter = reporter,
                        .office = office,
                        .not_duplicate = true};
    return as(admin, operation);
  }
  TicketNumber file() { return file_unlike().number; }

  FiledTicket file(const std::string& title, const std::string& reporter = "Budi",
                   const std::string& office = "kantor-123", const std::string& body = "") {
    return as(admin, NewTicket{.title = title, .body = body, .reporter = reporter, .office = office});
  }

  ShownTicket show(TicketNumber number, bool for_reporter = false) {
    return as(admin, ShowTicket{number, for_reporter});
  }
  MergedTickets merge(std::vector<TicketNumber> sources, TicketNumber into, bool cross_reporter = false) {
    return as(admin, MergeTickets{std::move(sources), into, cross_reporter});
  }
  std::vector<Event> history(TicketNumber number) {
    ReadLog operation;
    operation.ticket = number;
    operation.limit = 1000;
    return as(admin, operation).events;
  }
  // The last event of that kind in the ticket's history.
  Event last(const std::string& kind, TicketNumber number) {
    Event found;
    for (const auto& event : history(number)) {
      if (event.kind == kind) found = event;
    }
    EXPECT_EQ(found.kind, kind);
    return found;
  }

  TemporaryDirectory directory_;
  FakeClock clock_;
  LocalDesk desk_;

 private:
  static LocalDesk make(const std::string& directory, const Clock& clock) {
    LocalDesk::make({directory, nullptr}, clock, {"test", admin});
    return LocalDesk({directory, nullptr}, clock);
  }

  std::size_t filed_ = 0;
};

inline bool concerns(const Event& event, TicketNumber ticket) {
  return std::ranges::find(event.subjects, subject(ticket)) != event.subjects.end();
}

}  // namespace gilir
