// A server's history as people read it: a row for each time that an agent had it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/output/table.h"
#include "core/event/event.h"

namespace gilir::cli {

struct LoginRow {
  std::optional<HoldId> hold;
  AgentName agent;
  WallTime from{};
  std::optional<WallTime> to;  // absent while it goes on
  std::string what_for;
  std::string ended;
  // The end that was recorded is the lock's: nothing that comes later moves it.
  bool is_lock_over = false;
  bool goes_on() const { return !to; }
};
BOOST_DESCRIBE_STRUCT(LoginRow, (), (hold, agent, from, to, what_for, ended))

// From the events of one server, the oldest first. What began before them is left out.
std::vector<LoginRow> login_rows(const std::vector<Event>& events);

const Table<LoginRow>& login_table();

}  // namespace gilir::cli
