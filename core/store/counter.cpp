#include "core/store/counter.h"

namespace gilir::store {

void refuse_counter() {
  throw Error(ErrorCode::damaged).with("problem", "a counter is missing");
}

std::int64_t next_number(Connection& connection, std::string_view counter) {
  const auto next = connection.first<std::int64_t>(
      "UPDATE counter SET value = value + 1 WHERE name = $1 RETURNING value", std::string(counter));
  if (!next) refuse_counter();
  return *next;
}

void require_counters(Connection& connection) {
  const auto known =
      connection.first<std::int64_t>("SELECT count(*) FROM counter WHERE name IN ('ticket', 'reporter')");
  if (known != 2) refuse_counter();
}

}  // namespace gilir::store
