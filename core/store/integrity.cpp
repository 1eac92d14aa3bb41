#include "core/store/integrity.h"

#include <sqlite3.h>

#include <algorithm>

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

namespace {

// A pragma takes no parameters, and a table of a foreign hand may be called anything.
std::string quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char letter : text) quoted.append(letter == '\'' ? 2 : 1, letter);
  return quoted + "'";
}

bool is_whole(Connection& connection, std::string_view table) {
  try {
    return connection.first<std::string>("PRAGMA quick_check(" + quoted(table) + ")").value_or("ok") == "ok";
  } catch (const Error& error) {
    if (error.code() != ErrorCode::damaged) throw;
    return false;
  }
}

}  // namespace

bool are_whole(Connection& connection, std::span<const std::string_view> tables) {
  return std::ranges::all_of(tables, [&](auto table) { return is_whole(connection, table); });
}

bool others_are_whole(Connection& connection, std::span<const std::string_view> tables) {
  const auto all = connection.all<std::string>("SELECT name FROM sqlite_schema WHERE type = 'table'");
  return std::ranges::all_of(all, [&](const std::string& table) {
    return std::ranges::find(tables, table) != tables.end() || is_whole(connection, table);
  });
}

std::string sqlite_version() {
  return sqlite3_libversion();
}

}  // namespace gilir::store
