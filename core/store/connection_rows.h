// How Connection and Statement turn rows into values and back: the bodies of their templates. Included by
// core/store/connection.h only.
#pragma once

#include <array>

#include "core/store/connection.h"

namespace gilir::store {

// A column of a statement's current row.
class StatementColumn final : public Column {
 public:
  StatementColumn(sqlite3_stmt& statement, int index) : statement_(statement), index_(index) {}
  bool is_null() const override;
  std::int64_t integer() const override;
  double real() const override;
  std::string text() const override;
  Bytes bytes() const override;

 private:
  sqlite3_stmt& statement_;
  int index_;
};

template <class T>
T Statement::row() const {
  T value{};
  int index = 0;
  if constexpr (Described<T>) {
    for_each_value<T>(value, [&](auto& member) { from_column(StatementColumn(statement_, index++), member); });
  } else {
    from_column(StatementColumn(statement_, index++), value);
  }
  return value;
}

template <class T>
std::vector<T> Connection::rows(std::string_view sql, std::span<const Value> values) {
  std::vector<T> rows;
  auto statement = prepare(sql, values);
  while (statement.step()) rows.push_back(statement.template row<T>());
  return rows;
}

template <class T, class Visit, class... Args>
void Connection::each(std::string_view sql, Visit&& visit, const Args&... args) {
  const std::array<Value, sizeof...(Args)> values{to_value(args)...};
  auto statement = prepare(sql, values);
  while (statement.step()) visit(statement.template row<T>());
}

template <class T, class Visit, class... Args>
void Connection::each_until(std::string_view sql, Visit&& visit, const Args&... args) {
  const std::array<Value, sizeof...(Args)> values{to_value(args)...};
  auto statement = prepare(sql, values);
  while (statement.step() && visit(statement.template row<T>())) {
  }
}

template <class T, class... Args>
std::vector<T> Connection::all(std::string_view sql, const Args&... args) {
  std::vector<T> rows;
  each<T>(
      sql, [&](T row) { rows.push_back(std::move(row)); }, args...);
  return rows;
}

template <class T, class... Args>
std::optional<T> Connection::first(std::string_view sql, const Args&... args) {
  const std::array<Value, sizeof...(Args)> values{to_value(args)...};
  auto statement = prepare(sql, values);
  if (!statement.step()) return std::nullopt;
  return statement.template row<T>();
}

std::int64_t changed_rows(sqlite3& database);
std::string insert_text(std::string_view table, std::string_view columns);
std::string put_text(std::string_view table, std::string_view columns, std::string_view key);
std::string update_text(std::string_view table, std::string_view columns, std::string_view key);

template <class... Args>
std::int64_t Connection::run(std::string_view sql, const Args&... args) {
  const std::array<Value, sizeof...(Args)> values{to_value(args)...};
  auto statement = prepare(sql, values);
  while (statement.step()) {
  }
  return changed_rows(*database_);
}

template <Described T>
std::vector<Value> row_values(const T& row) {
  std::vector<Value> values;
  for_each_value<T>(row, [&](const auto& member) { values.push_back(to_value(member)); });
  return values;
}

template <Described T>
void Connection::insert(std::string_view table, const T& row) {
  prepare(insert_text(table, columns<T>()), row_values(row)).step();
}

template <Described T>
void Connection::put(std::string_view table, std::string_view key, const T& row) {
  prepare(put_text(table, columns<T>(), key), row_values(row)).step();
}

template <Described T>
std::int64_t Connection::update(std::string_view table, std::string_view key, const T& row) {
  prepare(update_text(table, columns<T>(), key), row_values(row)).step();
  return changed_rows(*database_);
}

}  // namespace gilir::store
