#include "core/store/connection.h"

#include <errno.h>
#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <cstring>
#include <stdexcept>

#include "core/store/desk_vfs.h"

namespace gilir::store {

void refuse_column(std::string_view text) {
  throw Error(ErrorCode::damaged).with("problem", "unknown value " + std::string(text));
}

namespace {

bool is_lack_of_space(int system_error) {
  return system_error == ENOSPC || system_error == EDQUOT || system_error == EFBIG;
}

// The connection keeps no system error of a COMMIT that failed; the file that it failed on does.
bool failed_for_lack_of_space(sqlite3* database) {
  if (database == nullptr) return false;
  if (is_lack_of_space(sqlite3_system_errno(database))) return true;
  for (const int which : {SQLITE_FCNTL_JOURNAL_POINTER, SQLITE_FCNTL_FILE_POINTER}) {
    sqlite3_file* file = nullptr;
    int system_error = 0;
    if (sqlite3_file_control(database, "main", which, &file) != SQLITE_OK || file == nullptr) continue;
    if (file->pMethods == nullptr) continue;
    file->pMethods->xFileControl(file, SQLITE_FCNTL_LAST_ERRNO, &system_error);
    if (is_lack_of_space(system_error)) return true;
  }
  return false;
}

bool failed_for_lack_of_memory(sqlite3* database, int code) {
  if (code == SQLITE_IOERR_NOMEM) return true;
  return code == SQLITE_IOERR_SHMMAP && database != nullptr && sqlite3_system_errno(database) == ENOMEM;
}

// EMFILE or ENFILE where that is why a file was not opened, else 0.
int reached_limit(sqlite3* database, int code) {
  if ((code & 0xff) != SQLITE_CANTOPEN || database == nullptr) return 0;
  const int problem = sqlite3_system_errno(database);
  return problem == EMFILE || problem == ENFILE ? problem : 0;
}

}  // namespace

Error error_of(sqlite3* database, int result, const std::string& path) {
  const int code = database != nullptr ? sqlite3_extended_errcode(database) : result;
  if (failed_for_lack_of_memory(database, code)) return error_of(nullptr, SQLITE_NOMEM, path);
  std::string problem = database != nullptr ? sqlite3_errmsg(database) : sqlite3_errstr(result);
  if (const int limit = reached_limit(database, code); limit != 0) problem += std::string(": ") + strerror(limit);
  ErrorCode meaning = ErrorCode::failed;
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    // Others began or ended their reading a hundred times while this one wanted to begin.
    case SQLITE_PROTOCOL:
      meaning = ErrorCode::busy;
      break;
    case SQLITE_FULL:
      meaning = ErrorCode::no_space;
      break;
    case SQLITE_NOTADB:
      meaning = ErrorCode::foreign_file;
      break;
    case SQLITE_CORRUPT:
      meaning = ErrorCode::damaged;
      break;
    case SQLITE_IOERR:
      meaning = failed_for_lack_of_space(database) ? ErrorCode::no_space : ErrorCode::unreachable;
      break;
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      meaning = ErrorCode::unreachable;
      break;
    default:
      break;
  }
  return Error(meaning).with("path", path).with("problem", problem);
}

namespace {

bool is_in_name(char letter) {
  return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '_';
}

bool has_word(std::string_view sql, std::string_view word) {
  for (auto at = sql.find(word); at != std::string_view::npos; at = sql.find(word, at + 1)) {
    const auto end = at + word.size();
    if ((at == 0 || !is_in_name(sql[at - 1])) && (end == sql.size() || !is_in_name(sql[end]))) return true;
  }
  return false;
}

// Whether it is the tables' fault, or that of the rows that stand in them.
bool tells_of_tables(int code) {
  switch (code & 0xff) {
    case SQLITE_ERROR:
    case SQLITE_CORRUPT:
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_TOOBIG:
      return true;
    default:
      return false;
  }
}

}  // namespace

void Connection::check(int result, std::string_view sql) const {
  if (result == SQLITE_OK || result == SQLITE_ROW || result == SQLITE_DONE) return;
  const bool is_derived = std::ranges::any_of(derived_.names, [&](auto name) { return has_word(sql, name); });
  if (!is_derived || !tells_of_tables(sqlite3_extended_errcode(database_))) throw error_of(database_, result, path_);
  throw Error(ErrorCode::damaged)
      .with("path", path_)
      .with("problem", std::string(sqlite3_errmsg(database_)))
      .with("part", derived_.part);
}

namespace {

// The values outlive the Statement, which gives them up.
void bind(sqlite3_stmt* statement, int index, const Value& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value)) {
    sqlite3_bind_int64(statement, index, *integer);
  } else if (const auto* real = std::get_if<double>(&value)) {
    sqlite3_bind_double(statement, index, *real);
  } else if (const auto* text = std::get_if<std::string>(&value)) {
    sqlite3_bind_text64(statement, index, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
  } else if (const auto* bytes = std::get_if<Bytes>(&value)) {
    sqlite3_bind_blob64(statement, index, bytes->value.data(), bytes->value.size(), SQLITE_STATIC);
  } else {
    sqlite3_bind_null(statement, index);
  }
}

}  // namespace

Statement::Statement(const Connection& connection, const PreparedStatement& prepared, std::span<const Value> values)
    : connection_(connection), statement_(*prepared.statement) {
  for (std::size_t i = 0; i < std::min(values.size(), prepared.places.size()); ++i) {
    if (prepared.places[i] > 0) bind(&statement_, prepared.places[i], values[i]);
  }
}

Statement::~Statement() {
  sqlite3_reset(&statement_);
  sqlite3_clear_bindings(&statement_);
}

bool Statement::step() {
  const int result = sqlite3_step(&statement_);
  connection_.check(result, sqlite3_sql(&statement_));
  return result == SQLITE_ROW;
}

namespace {

// Pages that were read are forgotten early: most commands read each once, and memory that is used for the first time
// costs more than reading a page again. Pages that a transaction has changed stay all the same, since writing them to
// the log before the commit would write many of them twice.
constexpr std::string_view settings = "PRAGMA synchronous=FULL; PRAGMA cache_size=64; PRAGMA cache_spill=2000";

}  // namespace

Connection::Connection(const ConnectionOptions& options) : path_(options.path), derived_(options.derived) {
  // SQLite would count every allocation under a mutex. Too late when it is in use already, and then no harm.
  sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  // What undoes a single statement would go to a temporary file when it is more than a few pages: few change so many.
  sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, 4 << 20);
  only_reads_ = !options.create && can_only_be_read(path_);
  const int flags = SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX | (options.create ? SQLITE_OPEN_CREATE : 0) |
                    (only_reads_ ? SQLITE_OPEN_READONLY | SQLITE_OPEN_URI : SQLITE_OPEN_READWRITE);
  const char* vfs = options.vfs != nullptr ? options.vfs : desk_vfs();
  const auto name = only_reads_ ? immutable_uri(path_) : path_;
  const int result = sqlite3_open_v2(name.c_str(), &database_, flags, vfs);
  if (result != SQLITE_OK) {
    const auto error = error_of(database_, result, path_);
    sqlite3_close(database_);
    throw error;
  }
  sqlite3_busy_timeout(database_, 5000);
  sqlite3_db_config(database_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(database_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(database_, SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
  try {
    script(std::string(settings));
  } catch (...) {
    sqlite3_close(database_);
    throw;
  }
}

Connection::~Connection() {
  for (const auto& [sql, prepared] : statements_) sqlite3_finalize(prepared.statement);
  close_keeping_log(database_);
}

namespace {

// SQLite's own bound.
constexpr unsigned long most_parameters = 32'766;

// $2 that is seen first is SQLite's first parameter.
std::vector<int> places_of(sqlite3_stmt* statement) {
  std::vector<int> places;
  for (int place = 1; place <= sqlite3_bind_parameter_count(statement); ++place) {
    const char* name = sqlite3_bind_parameter_name(statement, place);
    const auto number = name == nullptr ? 0 : std::strtoul(name + 1, nullptr, 10);
    if (number == 0 || number > most_parameters) continue;
    places.resize(std::max<std::size_t>(places.size(), number));
    places[number - 1] = place;
  }
  return places;
}

}  // namespace

Statement Connection::prepare(std::string_view sql, std::span<const Value> values) {
  auto cached = statements_.find(sql);
  if (cached == statements_.end()) {
    PreparedStatement prepared;
    check(sqlite3_prepare_v3(database_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                             &prepared.statement, nullptr),
          sql);
    prepared.places = places_of(prepared.statement);
    cached = statements_.emplace(sql, std::move(prepared)).first;
  }
  // A cached statement serves one reader at a time; using it inside its own rows would restart it.
  if (sqlite3_stmt_busy(cached->second.statement) != 0) {
    throw std::logic_error("statement in use: " + std::string(sql));
  }
  return {*this, cached->second, values};
}

void Connection::script(const std::string& sql) {
  check(sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr), sql);
}

bool Connection::in_transaction() const {
  return sqlite3_get_autocommit(database_) == 0;
}

Transaction::Transaction(Connection& connection, Kind kind) : connection_(connection) {
  connection_.run(kind == Kind::write ? "BEGIN IMMEDIATE" : "BEGIN");
}

Transaction::~Transaction() {
  if (!open_ || !connection_.in_transaction()) return;
  try {
    connection_.run("ROLLBACK");
  } catch (const Error&) {
    // SQLite has rolled back by itself after the error that brought us here.
  }
}

void Transaction::commit() {
  connection_.run("COMMIT");
  open_ = false;
}

bool StatementColumn::is_null() const {
  return sqlite3_column_type(&statement_, index_) == SQLITE_NULL;
}
std::int64_t StatementColumn::integer() const {
  return sqlite3_column_int64(&statement_, index_);
}
double StatementColumn::real() const {
  return sqlite3_column_double(&statement_, index_);
}

std::string StatementColumn::text() const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(&statement_, index_));
  return text == nullptr ? std::string()
                         : std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(&statement_, index_)));
}

Bytes StatementColumn::bytes() const {
  const auto* bytes = static_cast<const char*>(sqlite3_column_blob(&statement_, index_));
  return bytes == nullptr
             ? Bytes{}
             : Bytes{std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(&statement_, index_)))};
}

std::int64_t changed_rows(sqlite3& database) {
  return sqlite3_changes64(&database);
}

std::string insert_text(std::string_view table, std::string_view columns) {
  int number = 1;
  std::string parameters = "$1";
  for (const char c : columns) {
    if (c == ',') parameters += fmt::format(", ${}", ++number);
  }
  return fmt::format("INSERT INTO {} ({}) VALUES ({})", table, columns, parameters);
}

namespace {

// Calls visit(column, its place from 1 on) for each of a list like `"a", "b"`.
template <class Visit>
void each_column(std::string_view columns, Visit&& visit) {
  int place = 0;
  for (std::size_t at = 0; at < columns.size();) {
    const auto end = std::min(columns.find(", ", at), columns.size());
    visit(columns.substr(at, end - at), ++place);
    at = end + 2;
  }
}

bool is_among(std::string_view column, std::string_view key) {
  bool found = false;
  each_column(key, [&](std::string_view part, int) { found = found || part == column; });
  return found;
}

void join(std::string& list, std::string_view separator, const std::string& part) {
  if (!list.empty()) list += separator;
  list += part;
}

}  // namespace

std::string put_text(std::string_view table, std::string_view columns, std::string_view key) {
  std::string updates;
  each_column(columns, [&](std::string_view column, int) {
    if (!is_among(column, key)) join(updates, ", ", fmt::format("{0} = excluded.{0}", column));
  });
  return fmt::format("{} ON CONFLICT ({}) DO UPDATE SET {}", insert_text(table, columns), key, updates);
}

std::string update_text(std::string_view table, std::string_view columns, std::string_view key) {
  std::string updates;
  std::string condition;
  each_column(columns, [&](std::string_view column, int place) {
    const bool in_key = is_among(column, key);
    join(in_key ? condition : updates, in_key ? " AND " : ", ", fmt::format("{} = ${}", column, place));
  });
  return fmt::format("UPDATE {} SET {} WHERE {}", table, updates, condition);
}

}  // namespace gilir::store
