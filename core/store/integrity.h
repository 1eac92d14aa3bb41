// Whether a desk's file is whole, asked for no longer than somebody wants to wait.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "core/base/clock.h"
#include "core/store/connection.h"

struct sqlite3;

namespace gilir::store {

// While it lives, statements of the connection that run past `limit` fail with Error{failed}; passed() tells
// that this was why.
class TimeLimit {
 public:
  TimeLimit(Connection& connection, Milliseconds limit);
  TimeLimit(const TimeLimit&) = delete;
  TimeLimit& operator=(const TimeLimit&) = delete;
  ~TimeLimit();

  bool passed() const { return passed_; }

 private:
  static int look(void* self);

  sqlite3& database_;
  std::chrono::steady_clock::time_point end_;
  bool passed_ = false;
};

// The first thing that SQLite's quick_check finds wrong; "" when there is none.
std::string first_damage(Connection& connection);

// Whether quick_check finds all of these tables whole; a missing one is.
bool are_whole(Connection& connection, std::span<const std::string_view> tables);
// The same of all others.
bool others_are_whole(Connection& connection, std::span<const std::string_view> tables);

// The version of SQLite that is linked in: "3.40.1".
std::string sqlite_version();

}  // namespace gilir::store
