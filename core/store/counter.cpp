#include "core/store/counter.h"

namespace gilir::store {

void refuse_counter() {
  throw Error(ErrorCode::damaged).with("problem", "a counter is missing");
}

namespace {

// No desk gets that far, and JSON readers lose no digit below.
constexpr std::int64_t highest_number = std::int64_t{1} << 53;

void require_counter(Connection& connection, const std::string& counter) {
  const auto value = connection.first<std::int64_t>("SELECT value FROM counter WHERE name = $1", counter);
  if (!value) refuse_counter();
  if (*value >= 0 && *value < highest_number) return;
  throw Error(ErrorCode::damaged).with("problem", "a counter is out of range");
}

}  // namespace

std::int64_t next_number(Connection& connection, std::string_view counter) {
  const std::string name(counter);
  const auto next = connection.first<std::int64_t>(
      "UPDATE counter SET value = value + 1 WHERE name = $1 AND value >= 0 AND value < $2 RETURNING value", name,
      highest_number);
  if (!next) require_counter(connection, name);
  return next.value();
}

void require_counters(Connection& connection) {
  for (const std::string counter : {"ticket", "reporter"}) require_counter(connection, counter);
}

}  // namespace gilir::store
