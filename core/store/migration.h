// Numbered schema changes. A desk's file carries SQLite's application_id "gili" and, as user_version, the
// number of the last migration applied to it.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "core/store/connection.h"
#include "core/store/write_gate.h"

namespace gilir::store {

inline constexpr std::int64_t application_id = 0x67696c69;

// What SQL cannot say is done by `carry_over`, after the script and in its transaction.
struct Migration {
  Migration(std::string sql, void (*then)(Connection&) = nullptr) : script(std::move(sql)), carry_over(then) {}

  std::string script;
  void (*carry_over)(Connection&);
};

// Migrations are numbered from 1 in order; a migration that has shipped never changes.
using Migrations = std::span<const Migration>;

// One migration, in the caller's transaction.
void apply(Connection& connection, const Migration& migration);

// Brings an open file up to date, each migration in one transaction behind the gate. An up-to-date file costs
// two reads. Error{foreign_file} when it is another program's, Error{newer_schema} when a newer gilir made it.
// False, and nothing was changed, when `may_begin` says behind the gate that it is not the time yet.
bool migrate(Connection& connection, WriteGate& gate, Migrations migrations,
             const std::function<bool()>& may_begin = {});

// For a file that cannot be brought up to date where it lies: Error{newer_schema, foreign_file}, and Error{unreachable}
// for one of an older gilir.
void require_schema(Connection& connection, Migrations migrations);

// The name of the network file system whose statfs(2) magic this is; "" for a local one.
std::string_view network_file_system(unsigned long magic);

// Refuses file systems on which SQLite's locks do not hold across machines: Error{network_desk}.
void refuse_network_file_system(const std::string& directory);

}  // namespace gilir::store
