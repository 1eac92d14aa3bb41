#include "core/store/desk_vfs.h"

#include <gtest/gtest.h>
#include <sqlite3.h>

#include <cstddef>
#include <filesystem>
#include <fstream>

#include "core/store/connection.h"
#include "tests/fakes/expect_error.h"
#include "tests/fakes/temporary_directory.h"

namespace gilir::store {
namespace {

class DeskVfs : public testing::Test {
 protected:
  void write(const std::string& name, std::size_t bytes) {
    std::ofstream(directory_.file(name)) << std::string(bytes, 'x');
  }

  // Whether SQLite was let to open the log as one to be made, after which it syncs the directory.
  bool opens_log_to_make_it() {
    auto* vfs = sqlite3_vfs_find(desk_vfs());
    const auto log = directory_.file("desk.db-wal");
    std::vector<std::max_align_t> room(static_cast<std::size_t>(vfs->szOsFile) / sizeof(std::max_align_t) + 1);
    auto* file = reinterpret_cast<sqlite3_file*>(room.data());
    int given = 0;
    EXPECT_EQ(vfs->xOpen(vfs, log.c_str(), file, SQLITE_OPEN_WAL | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, &given),
              SQLITE_OK);
    file->pMethods->xClose(file);
    return (given & SQLITE_OPEN_CREATE) != 0;
  }

  TemporaryDirectory directory_;
};

TEST_F(DeskVfs, LeavesTheDirectoryAloneOnlyOnceTheLogHasMoreThanItsHeader) {
  write("desk.db", 4096);
  EXPECT_TRUE(opens_log_to_make_it());
  write("desk.db-wal", 32);
  EXPECT_TRUE(opens_log_to_make_it());
  write("desk.db-wal", 33);
  EXPECT_FALSE(opens_log_to_make_it());
}

TEST_F(DeskVfs, LetsSeveralConnectionsWriteInTurnAndTheLastEmptyTheLog) {
  const auto path = directory_.file("desk.db");
  {
    Connection first({path, true});
    first.script("PRAGMA journal_mode=WAL; CREATE TABLE t (x INTEGER)");
    for (int i = 0; i < 3; ++i) Connection({path}).run("INSERT INTO t VALUES ($1)", i);
    EXPECT_EQ(first.first<std::int64_t>("SELECT count(*) FROM t"), 3);
  }
  EXPECT_EQ(Connection({path}).first<std::int64_t>("SELECT count(*) FROM t"), 3);
  EXPECT_NO_THROW(immutable_uri(path));
}

TEST_F(DeskVfs, WritesIntoTheEmptiedLogOfThoseBefore) {
  const auto path = directory_.file("desk.db");
  Connection({path, true}).script("PRAGMA journal_mode=WAL; CREATE TABLE t (x INTEGER)");
  const auto size = std::filesystem::file_size(path + "-wal");
  for (int i = 0; i < 5; ++i) Connection({path}).run("INSERT INTO t VALUES ($1)", i);
  EXPECT_EQ(std::filesystem::file_size(path + "-wal"), size);
  EXPECT_EQ(Connection({path}).first<std::int64_t>("SELECT sum(x) FROM t"), 10);
}

TEST_F(DeskVfs, LeavesNothingInTheLogThatWouldChangeADatabasePutInItsPlace) {
  const auto path = directory_.file("desk.db");
  Connection({path, true}).script("PRAGMA journal_mode=WAL; CREATE TABLE t (x INTEGER)");
  std::filesystem::copy_file(path, path + ".backup");
  Connection({path}).run("INSERT INTO t VALUES (1)");
  std::filesystem::copy_file(path + ".backup", path, std::filesystem::copy_options::overwrite_existing);
  EXPECT_EQ(Connection({path}).first<std::int64_t>("SELECT count(*) FROM t"), 0);
}

TEST_F(DeskVfs, TakesALargeLogAwayAndOneThatIsNoLongerUsed) {
  const auto path = directory_.file("desk.db");
  {
    Connection large({path, true});
    large.script("PRAGMA journal_mode=WAL; CREATE TABLE t (x BLOB)");
    large.run("INSERT INTO t VALUES (zeroblob(2000000))");
  }
  EXPECT_FALSE(std::filesystem::exists(path + "-wal"));
  Connection({path}).run("INSERT INTO t VALUES (1)");
  EXPECT_TRUE(std::filesystem::exists(path + "-wal"));
  Connection({path}).script("PRAGMA journal_mode=DELETE");
  EXPECT_FALSE(std::filesystem::exists(path + "-wal"));
}

// https://www.sqlite.org/uri.html: what a name may hold means something in one.
TEST_F(DeskVfs, NamesAReadOnlyDeskToSqliteWhateverItIsCalled) {
  for (const std::string name : {"desk.db", "100% a?b=c#d.db", "/double.db"}) {
    const auto path = directory_.file(name);
    Connection({path, true}).script("CREATE TABLE t (x INTEGER)");
    sqlite3* database = nullptr;
    const auto uri = immutable_uri(path);
    EXPECT_EQ(sqlite3_open_v2(uri.c_str(), &database, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, desk_vfs()), SQLITE_OK);
    EXPECT_EQ(sqlite3_exec(database, "SELECT x FROM t", nullptr, nullptr, nullptr), SQLITE_OK) << uri;
    sqlite3_close(database);
  }
}

TEST_F(DeskVfs, SaysThatChangesWereNotPutInYet) {
  write("desk.db", 4096);
  write("desk.db-wal", 4096);
  const auto error = thrown_by([&] { immutable_uri(directory_.file("desk.db")); });
  EXPECT_EQ(error.code(), ErrorCode::unreachable);
  EXPECT_NE(error.text("problem").find("read-only"), std::string::npos);
}

}  // namespace
}  // namespace gilir::store
