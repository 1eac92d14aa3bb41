// Every call of a change that reaches the disk fails once: whatever was acknowledged is there, whatever was not
// is there wholly or not at all, and the desk works again.
#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "core/base/clock.h"
#include "core/desk/local_desk.h"
#include "core/event/event_table.h"
#include "core/operations/lock/acquire.h"
#include "core/operations/people/agent.h"
#include "core/operations/server/add.h"
#include "core/operations/ticket/merge.h"
#include "core/operations/ticket/new.h"
#include "tests/faults/faulty_vfs.h"

namespace gilir {
namespace {

namespace files = std::filesystem;

const AgentName sari{"sari"};
const std::string request_id = "the-one-change";

using Change = std::function<void(Desk&, const Call&)>;
// Rows of each table: what a change adds shows here, and half a change would.
using Contents = std::map<std::string, std::int64_t>;

Contents contents_of(const std::string& desk) {
  store::Connection connection({desk + "/desk.db"});
  Contents contents;
  for (const auto& table : connection.all<std::string>(
           "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'")) {
    contents[table] = *connection.first<std::int64_t>("SELECT count(*) FROM " + table);
  }
  verify_log(connection, std::nullopt);
  return contents;
}

struct Attempt {
  bool fired = false;
  bool acknowledged = false;
  std::optional<ErrorCode> problem;
};

class StorageFaults : public testing::TestWithParam<Fault> {
 protected:
  void SetUp() override {
    folder_ = files::temp_directory_path() / ("gilir-faults-" + std::to_string(getpid()));
    files::create_directories(folder_);
    const LocalDeskOptions options{folder_ / "new"};
    LocalDesk::make(options, clock_, {"desk", sari});
    LocalDesk desk(options, clock_);
    const Call call{sari};
    desk.perform(call, AddAgent{AgentName{"dewi"}, 1, Role::agent});
    AddServer server;
    server.name = ServerName{"kantor-123"};
    server.host = "127.0.0.1";
    desk.perform(call, server);
    for (const char* title : {"printer makes no sound", "mail arrives twice"}) {
      NewTicket ticket;
      ticket.title = title;
      desk.perform(call, ticket);
    }
  }

  void TearDown() override { files::remove_all(folder_); }

  // A desk as it was, and nobody has it open.
  void start_afresh() {
    files::remove_all(folder_ / "desk");
    files::copy(folder_ / "new", folder_ / "desk", files::copy_options::recursive);
  }

  std::string desk() const { return folder_ / "desk"; }
  LocalDeskOptions faulty() const { return {desk(), FaultyVfs::name}; }

  // Opens the desk and makes the change while the `call`-th call fails. When `again` it is made once more over
  // the same connection after the fault has passed.
  Attempt attempt(const Change& change, std::int64_t call, bool lasting, bool again) {
    auto& vfs = FaultyVfs::instance();
    Attempt attempt;
    std::unique_ptr<LocalDesk> desk;
    vfs.arm(GetParam(), call, lasting);
    try {
      desk = std::make_unique<LocalDesk>(faulty(), clock_);
      change(*desk, Call{sari, request_id});
      attempt.acknowledged = true;
    } catch (const Error& error) {
      attempt.problem = error.code();
    }
    if (again) vfs.disarm();
    if (again && desk) {
      change(*desk, Call{sari, request_id});
      attempt.acknowledged = true;
    }
    // Closing writes the log back into the file, which may fail as well.
    desk.reset();
    attempt.fired = vfs.fired();
    vfs.disarm();
    return attempt;
  }

  void expect_clear_error(std::optional<ErrorCode> problem) {
    if (!problem) return;
    const auto code = std::string(enum_name(*problem));
    if (GetParam() == Fault::full_disk) {
      EXPECT_TRUE(*problem == ErrorCode::no_space || *problem == ErrorCode::unreachable) << code;
    } else {
      EXPECT_TRUE(*problem == ErrorCode::unreachable || *problem == ErrorCode::damaged || *problem == ErrorCode::busy)
          << code;
    }
  }

  // Each call fails in turn, until the change needs no more calls. Returns how many failed.
  int fail_every_call(const Change& change, bool lasting, bool again) {
    start_afresh();
    const auto before = contents_of(desk());
    attempt(change, 0, false, false);
    const auto after = contents_of(desk());
    EXPECT_NE(before, after);
    for (std::int64_t call = 1;; ++call) {
      SCOPED_TRACE("call " + std::to_string(call) + (lasting ? " and all after it" : "") + (again ? ", again" : ""));
      start_afresh();
      const auto attempt = this->attempt(change, call, lasting, again);
      if (!attempt.fired) return static_cast<int>(call) - 1;
      expect_clear_error(attempt.problem);
      const auto now = contents_of(desk());
      if (attempt.acknowledged) {
        EXPECT_EQ(now, after);
      } else {
        EXPECT_TRUE(now == before || now == after);
      }
      LocalDesk healthy({desk()}, clock_);
      change(healthy, Call{sari, request_id});
      EXPECT_EQ(contents_of(desk()), after);
      if (HasFailure()) return 0;
    }
  }

  void expect_whole(const Change& change) {
    for (const bool lasting : {false, true}) {
      for (const bool again : {false, true}) {
        EXPECT_GT(fail_every_call(change, lasting, again), 10);
        if (HasFailure()) return;
      }
    }
  }

  SystemClock clock_;
  files::path folder_;
};

TEST_P(StorageFaults, FilingATicketIsThereWhollyOrNotAtAll) {
  expect_whole([](Desk& desk, const Call& call) {
    NewTicket ticket;
    ticket.title = "the till is dark";
    ticket.body = "since nine";
    desk.perform(call, ticket);
  });
}

TEST_P(StorageFaults, AcquiringALockIsThereWhollyOrNotAtAll) {
  expect_whole([](Desk& desk, const Call& call) {
    AcquireLock lock;
    lock.servers = {ServerName{"kantor-123"}};
    lock.duration_s = Seconds{60};
    lock.reason = "a look";
    desk.perform(call, lock);
  });
}

TEST_P(StorageFaults, MergingTicketsIsThereWhollyOrNotAtAll) {
  expect_whole([](Desk& desk, const Call& call) {
    desk.perform(call, MergeTickets{{TicketNumber{2}}, TicketNumber{1}, false});
  });
}

INSTANTIATE_TEST_SUITE_P(EachFault, StorageFaults,
                         testing::Values(Fault::io_error, Fault::full_disk, Fault::short_write), [](const auto& fault) {
                           return fault.param == Fault::io_error    ? "IoError"
                                  : fault.param == Fault::full_disk ? "FullDisk"
                                                                    : "ShortWrite";
                         });

}  // namespace
}  // namespace gilir
