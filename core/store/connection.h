// One connection to a desk's SQLite file: a thin layer that turns rows into described structs and SQLite's
// extended result codes into Error. SQL text uses parameters $1, $2, … bound by name, in the subset that
// PostgreSQL takes too. Not thread-safe; a connection belongs to one thread.
//
// Errors: Error{busy, no_space, foreign_file, damaged, unreachable, failed}; see error_of().
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/error.h"
#include "core/store/value.h"

struct sqlite3;
struct sqlite3_stmt;

namespace gilir::store {

// Tables that can be made anew from the others: whatever is wrong with them, or in a statement that names one, is
// Error{damaged} with {part}.
struct DerivedTables {
  std::string_view part;
  std::span<const std::string_view> names;
};

struct ConnectionOptions {
  std::string path;
  bool create = false;
  // Name of a registered SQLite VFS; tests inject faults with it.
  const char* vfs = nullptr;
  DerivedTables derived = {};
};

// A statement that was compiled, and where its parameters are: places[n - 1] is SQLite's number of $n, 0 for none.
struct PreparedStatement {
  sqlite3_stmt* statement = nullptr;
  std::vector<int> places;
};

class Connection;

// A cached prepared statement, bound and stepped; reset when it goes out of scope.
class Statement {
 public:
  Statement(Statement&&) = delete;
  ~Statement();

  // True while there is a row.
  bool step();
  template <class T>
  T row() const;

 private:
  friend class Connection;
  Statement(const Connection& connection, const PreparedStatement& prepared, std::span<const Value> values);

  const Connection& connection_;
  sqlite3_stmt& statement_;
};

class Connection {
 public:
  explicit Connection(const ConnectionOptions& options);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;
  ~Connection();

  // All rows. T is a described struct (columns in order of its members) or one column's type.
  template <class T, class... Args>
  std::vector<T> all(std::string_view sql, const Args&... args);
  // The first row, if any.
  template <class T, class... Args>
  std::optional<T> first(std::string_view sql, const Args&... args);
  // Calls visit(T) for each row.
  template <class T, class Visit, class... Args>
  void each(std::string_view sql, Visit&& visit, const Args&... args);
  // The same until it says false.
  template <class T, class Visit, class... Args>
  void each_until(std::string_view sql, Visit&& visit, const Args&... args);
  // Runs a statement without rows; returns how many rows it changed.
  template <class... Args>
  std::int64_t run(std::string_view sql, const Args&... args);
  template <Described T>
  void insert(std::string_view table, const T& row);
  // UPDATE of the row that has the key's values; `key` is the column list of the table's primary key, each column
  // quoted. Returns how many rows there are with it: 1 or 0.
  template <Described T>
  std::int64_t update(std::string_view table, std::string_view key, const T& row);
  // For a row of which nobody knows whether it is there: INSERT … ON CONFLICT (key) DO UPDATE. SQLite takes as long
  // to compile it as both.
  template <Described T>
  void put(std::string_view table, std::string_view key, const T& row);
  // All rows, for values that are collected at run time.
  template <class T>
  std::vector<T> rows(std::string_view sql, std::span<const Value> values);

  // Several statements, no parameters, no rows.
  void script(const std::string& sql);

  bool in_transaction() const;
  const std::string& path() const { return path_; }
  // The file lies on a read-only medium.
  bool only_reads() const { return only_reads_; }
  // For core/store only.
  sqlite3& handle() { return *database_; }

 private:
  friend class Statement;
  Statement prepare(std::string_view sql, std::span<const Value> values);
  void check(int result, std::string_view sql) const;

  std::string path_;
  DerivedTables derived_;
  bool only_reads_ = false;
  sqlite3* database_ = nullptr;
  // By text, looked up without making a string of it.
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::unordered_map<std::string, PreparedStatement, TextHash, std::equal_to<>> statements_;
};

// BEGIN … COMMIT; rolls back when destroyed without commit(). `write` begins IMMEDIATE.
class Transaction {
 public:
  enum class Kind { read, write };
  Transaction(Connection& connection, Kind kind);
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction();
  void commit();

 private:
  Connection& connection_;
  bool open_ = true;
};

// The Error for SQLite's last result on `database`.
Error error_of(sqlite3* database, int result, const std::string& path);

}  // namespace gilir::store

#include "core/store/connection_rows.h"
