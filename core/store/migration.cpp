#include "core/store/migration.h"

#include <fmt/format.h>
#include <sys/vfs.h>

#include <algorithm>
#include <array>

namespace gilir::store {
namespace {

std::int64_t pragma(Connection& connection, std::string_view sql) {
  return connection.first<std::int64_t>(sql).value_or(0);
}

void check_origin(Connection& connection, std::int64_t supported) {
  const auto application = pragma(connection, "PRAGMA application_id");
  const auto schema = pragma(connection, "PRAGMA user_version");
  const bool empty = application == 0 && schema == 0 && pragma(connection, "SELECT count(*) FROM sqlite_schema") == 0;
  if (application != application_id && !empty) {
    throw Error(ErrorCode::foreign_file).with("path", connection.path());
  }
  if (schema > supported) {
    throw Error(ErrorCode::newer_schema)
        .with("path", connection.path())
        .with("schema", schema)
        .with("supported", supported);
  }
}

struct NetworkFileSystem {
  unsigned long magic;
  std::string_view name;
};

// statfs(2) and linux/magic.h.
constexpr std::array<NetworkFileSystem, 8> network_file_systems{{
    {0x6969, "NFS"},
    {0x517B, "SMB"},
    {0xFE534D42, "SMB"},
    {0xFF534D42, "CIFS"},
    {0x01021997, "9p"},
    {0x65735546, "FUSE"},
    {0x00C36400, "Ceph"},
    {0x5346414F, "AFS"},
}};

}  // namespace

void apply(Connection& connection, const Migration& migration) {
  connection.script(migration.script);
  if (migration.carry_over != nullptr) migration.carry_over(connection);
}

void require_schema(Connection& connection, Migrations migrations) {
  const auto latest = static_cast<std::int64_t>(migrations.size());
  check_origin(connection, latest);
  if (pragma(connection, "PRAGMA user_version") == latest) return;
  throw Error(ErrorCode::unreachable)
      .with("path", connection.path())
      .with("problem", "it is of an older gilir and lies on a read-only medium; copy its directory to a disk");
}

bool migrate(Connection& connection, WriteGate& gate, Migrations migrations, const std::function<bool()>& may_begin) {
  const auto latest = static_cast<std::int64_t>(migrations.size());
  if (pragma(connection, "PRAGMA user_version") == latest &&
      pragma(connection, "PRAGMA application_id") == application_id) {
    return true;
  }
  const auto inside = gate.enter(Seconds{5});
  check_origin(connection, latest);
  const bool is_behind = pragma(connection, "PRAGMA user_version") < latest;
  if (is_behind && may_begin && !may_begin()) return false;
  for (auto schema = pragma(connection, "PRAGMA user_version"); schema < latest; ++schema) {
    Transaction transaction(connection, Transaction::Kind::write);
    apply(connection, migrations[static_cast<std::size_t>(schema)]);
    connection.script(fmt::format("PRAGMA application_id={}; PRAGMA user_version={}", application_id, schema + 1));
    transaction.commit();
  }
  return true;
}

std::string_view network_file_system(unsigned long magic) {
  const auto found = std::ranges::find(network_file_systems, magic, &NetworkFileSystem::magic);
  return found == network_file_systems.end() ? std::string_view{} : found->name;
}

void refuse_network_file_system(const std::string& directory) {
  struct statfs facts {};
  if (statfs(directory.c_str(), &facts) != 0) return;
  const auto name = network_file_system(static_cast<unsigned long>(facts.f_type) & 0xFFFFFFFFUL);
  if (!name.empty()) throw Error(ErrorCode::network_desk).with("path", directory).with("kind", name);
}

}  // namespace gilir::store
