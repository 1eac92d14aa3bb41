#include <fmt/format.h>
#include <sqlite3.h>

#include "core/index/index_check.h"
#include "core/index/index_rows.h"
#include "core/index/live_texts.h"

namespace gilir::index {
namespace {

// So many rows go between two looks at the clock: some milliseconds' worth of the longest.
constexpr std::int64_t rows_between_looks = 500;

// FTS5 keeps its averages and the list of its segments in the first rows of its data (fts5_index.c): without them a
// process that comes later cannot open the table, not even to drop it.
constexpr std::int64_t last_of_fts5_head = 10;

using SteadyTime = std::chrono::steady_clock::time_point;

// Runs a DELETE of at most $1 rows until nothing is left; false when the time is over before.
bool remove_all(store::Connection& connection, std::string_view sql, std::int64_t up_to, SteadyTime end) {
  while (connection.run(sql, rows_between_looks, up_to) > 0) {
    if (std::chrono::steady_clock::now() >= end) return false;
  }
  return true;
}

// From now on readers find no postings, and nothing is merged. Numbers go on where they are. Reads nothing that may be
// damaged but numbers.
void begin_clearing(store::Connection& connection) {
  // No desk has given so many: a damaged one would leave none for the texts to come.
  constexpr auto most_given = max_number / 2;
  connection.run("DELETE FROM indexed_text WHERE number NOT BETWEEN 1 AND $1", most_given);
  const auto last = connection.first<std::int64_t>(
      "SELECT max((SELECT coalesce(max(last), 0) FROM text_block WHERE last BETWEEN 0 AND $1),"
      " (SELECT coalesce(max(number), 0) FROM indexed_text),"
      " (SELECT coalesce(max(merged), 0) FROM index_state WHERE merged BETWEEN 0 AND $1))",
      most_given);
  connection.run("DELETE FROM text_block");
  connection.run("DELETE FROM text_finish");
  put_block(connection, {.block = *last / block_texts, .last = *last, .open = {std::string(block_texts / 8, '\0')}});
  connection.run(
      "INSERT INTO index_state (id, merged, target, list, term) VALUES (1, $1, 0, $2, '') ON CONFLICT (id) DO UPDATE"
      " SET merged = excluded.merged, target = 0, list = excluded.list, term = ''",
      *last, being_cleared);
}

bool has_table(store::Connection& connection, const std::string& name) {
  return connection.first<std::int64_t>("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = $1", name)
      .has_value();
}

// SQLite keeps ordinary statements from the tables behind a virtual one, and from the schema. Whenever that changes,
// all of the connection's statements are compiled anew.
class Undefended {
 public:
  explicit Undefended(store::Connection& connection) : database_(connection.handle()) { set(0); }
  Undefended(const Undefended&) = delete;
  Undefended& operator=(const Undefended&) = delete;
  ~Undefended() { set(1); }

 private:
  void set(int defensive) { sqlite3_db_config(&database_, SQLITE_DBCONFIG_DEFENSIVE, defensive, nullptr); }
  sqlite3& database_;
};

}  // namespace

bool is_being_cleared(store::Connection& connection) {
  return index_state(connection).list == being_cleared;
}

bool clear_step(store::Connection& connection, Milliseconds budget) {
  const auto end = std::chrono::steady_clock::now() + budget;
  // Some may be missing.
  connection.script(std::string(index_schema));
  if (!is_being_cleared(connection)) begin_clearing(connection);
  const auto merged = index_state(connection).merged;
  if (!remove_all(connection,
                  "DELETE FROM posting WHERE (list, term, first) IN (SELECT list, term, first FROM posting LIMIT $1)"
                  " AND $2 IS NOT NULL",
                  merged, end)) {
    return true;
  }
  if (!remove_all(connection,
                  "DELETE FROM indexed_text WHERE number IN (SELECT number FROM indexed_text WHERE number <= $2"
                  " ORDER BY number LIMIT $1)",
                  merged, end)) {
    return true;
  }
  connection.run("UPDATE index_state SET list = 0 WHERE id = 1");
  return false;
}

void throw_away(store::Connection& connection) {
  std::string names;
  for (const auto name : index_tables.names) names += fmt::format("{}'{}'", names.empty() ? "" : ", ", name);
  {
    const Undefended undefended(connection);
    connection.script("PRAGMA writable_schema=ON");
    connection.script(fmt::format("DELETE FROM sqlite_schema WHERE tbl_name IN ({})", names));
    // The schema is read again, and is closed to statements.
    connection.script("PRAGMA writable_schema=RESET");
  }
  connection.script(std::string(index_schema));
}

bool drop_former_index_step(store::Connection& connection, Milliseconds budget) {
  const auto end = std::chrono::steady_clock::now() + budget;
  if (has_table(connection, "duplicate_index")) {
    const Undefended undefended(connection);
    if (!remove_all(connection,
                    "DELETE FROM duplicate_index_data WHERE id IN (SELECT id FROM duplicate_index_data WHERE id > $2"
                    " LIMIT $1)",
                    last_of_fts5_head, end)) {
      return true;
    }
    connection.run("DROP TABLE duplicate_index");
  }
  if (has_table(connection, "duplicate_term")) {
    if (!remove_all(connection,
                    "DELETE FROM duplicate_term WHERE term IN (SELECT term FROM duplicate_term LIMIT $1) AND $2 = 0", 0,
                    end)) {
      return true;
    }
    connection.run("DROP TABLE duplicate_term");
  }
  return false;
}

}  // namespace gilir::index
