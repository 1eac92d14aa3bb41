#include "core/lock/ended_table.h"

#include "core/base/describe.h"

namespace gilir {
namespace {

// What is too old goes by so many at a time.
constexpr std::int64_t most_forgotten = 100;

enum class EndedKind { hold, wait, demand };
BOOST_DESCRIBE_ENUM(EndedKind, hold, wait, demand)

struct EndedRow {
  EndedKind kind{};
  std::int64_t id = 0;
  ServerName server{};  // none of a demand
  std::string because{};
  AgentName by{};
  std::string reason{};
  HoldId hold{};  // what a wait got
  WallTime at{};
};
BOOST_DESCRIBE_STRUCT(EndedRow, (), (kind, id, server, because, by, reason, hold, at))

std::string order_of(const LockEvent& cut) {
  return cut.by_silence ? "silence" : std::string(enum_name(*cut.demand));
}

bool is_grant(const LockEvent& event) {
  return event.kind == LockEventKind::granted || event.kind == LockEventKind::shared;
}

EndedRow row_of_cut(const LockEvent& cut, std::span<const LockEvent> events, WallTime now) {
  EndedRow row{EndedKind::hold, cut.hold->value, cut.servers.front(), "over", {}, {}, {}, now};
  for (const auto& event : events) {
    if (event.kind != LockEventKind::cut_ordered || event.lease != cut.lease) continue;
    row.because = order_of(event);
    row.by = event.by;
    row.reason = event.purpose;
  }
  return row;
}

void add_granted(std::vector<EndedRow>& rows, const LockEvent& wait, std::span<const LockEvent> events, WallTime now) {
  for (const auto& event : events) {
    if (!is_grant(event) || event.agent != wait.agent || event.due != wait.due) continue;
    rows.push_back({EndedKind::wait,
                    wait.wait->value,
                    event.servers.front(),
                    std::string(enum_name(event.kind)),
                    {},
                    {},
                    *event.hold,
                    now});
  }
}

std::vector<EndedRow> rows_of(std::span<const LockEvent> events, WallTime now) {
  std::vector<EndedRow> rows;
  for (const auto& event : events) {
    switch (event.kind) {
      case LockEventKind::cut:
        rows.push_back(row_of_cut(event, events, now));
        break;
      case LockEventKind::expired:
        rows.push_back({EndedKind::hold, event.hold->value, event.servers.front(), "expired", {}, {}, {}, now});
        break;
      case LockEventKind::wait_ended:
        if (event.reason == WaitEnd::granted) add_granted(rows, event, events, now);
        break;
      case LockEventKind::cut_ordered:
        rows.push_back({EndedKind::demand, event.lease->value, {}, order_of(event), {}, {}, {}, now});
        break;
      case LockEventKind::demand_ended:
        rows.push_back(
            {EndedKind::demand, event.lease->value, {}, std::string(enum_name(*event.demand_end)), {}, {}, {}, now});
        break;
      default:
        break;
    }
  }
  return rows;
}

template <class Id>
std::vector<EndedRow> ended(store::Connection& connection, EndedKind kind, Id id) {
  static const auto sql =
      "SELECT " + store::columns<EndedRow>() + " FROM ended WHERE kind = $1 AND id = $2 ORDER BY server";
  return connection.all<EndedRow>(sql, kind, id);
}

}  // namespace

void store_ended(store::Connection& connection, std::span<const LockEvent> events, WallTime now) {
  const auto rows = rows_of(events, now);
  if (rows.empty()) return;
  for (const auto& row : rows) connection.put("ended", R"("kind", "id", "server")", row);
  connection.run(
      "DELETE FROM ended WHERE (kind, id, server) IN "
      "(SELECT kind, id, server FROM ended WHERE \"at\" < $1 ORDER BY \"at\" LIMIT $2)",
      now - ended_counts_for, most_forgotten);
}

std::optional<EndedHold> ended_hold(store::Connection& connection, HoldId hold) {
  auto rows = ended(connection, EndedKind::hold, hold);
  if (rows.empty()) return std::nullopt;
  return EndedHold{std::move(rows.front().because), std::move(rows.front().by), std::move(rows.front().reason)};
}

std::vector<GrantedHold> granted_to(store::Connection& connection, WaitId wait) {
  std::vector<GrantedHold> granted;
  for (const auto& row : ended(connection, EndedKind::wait, wait))
    granted.push_back({row.server, row.hold, row.because == enum_name(LockEventKind::shared)});
  return granted;
}

std::optional<std::string> ended_demand(store::Connection& connection, LeaseId lease) {
  auto rows = ended(connection, EndedKind::demand, lease);
  if (rows.empty()) return std::nullopt;
  return std::move(rows.front().because);
}

}  // namespace gilir
