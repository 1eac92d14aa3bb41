#include "core/store/integrity.h"

#include <sqlite3.h>

namespace gilir::store {
namespace {

// Steps of SQLite's machine between two looks at the clock: some tens of microseconds.
constexpr int steps_between_looks = 10'000;

}  // namespace

TimeLimit::TimeLimit(Connection& connection, Milliseconds limit)
    : database_(connection.handle()), end_(std::chrono::steady_clock::now() + limit) {
  sqlite3_progress_handler(&database_, steps_between_looks, look, this);
}

TimeLimit::~TimeLimit() {
  sqlite3_progress_handler(&database_, 0, nullptr, nullptr);
}

int TimeLimit::look(void* self) {
  auto& limit = *static_cast<TimeLimit*>(self);
  limit.passed_ = limit.passed_ || std::chrono::steady_clock::now() >= limit.end_;
  return limit.passed_ ? 1 : 0;
}

std::string first_damage(Connection& connection) {
  const auto found = connection.first<std::string>("PRAGMA quick_check(1)").value_or("ok");
  return found == "ok" ? std::string() : found;
}

std::string sqlite_version() {
  return sqlite3_libversion();
}

}  // namespace gilir::store
