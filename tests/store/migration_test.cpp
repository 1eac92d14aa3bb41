#include "core/store/migration.h"

#include <filesystem>
#include <fstream>

#include "tests/fakes/expect_error.h"
#include "tests/fakes/temporary_directory.h"

namespace gilir::store {
namespace {

class MigrationTest : public testing::Test {
 protected:
  std::string path() const { return directory_.file("desk.db"); }

  void migrate_file(const std::vector<Migration>& migrations) {
    Connection connection({path(), true});
    WriteGate gate(directory_.file("gate"));
    migrate(connection, gate, migrations);
  }
  std::int64_t number(std::string_view sql) {
    Connection connection({path(), false});
    return connection.first<std::int64_t>(sql).value();
  }
  void write_file(const std::string& bytes) { std::ofstream(path(), std::ios::binary) << bytes; }

  const std::string first_ = "CREATE TABLE one (a INTEGER) STRICT; INSERT INTO one VALUES (1)";
  const std::string second_ = "CREATE TABLE two (b INTEGER) STRICT; INSERT INTO two SELECT a + 1 FROM one";
  TemporaryDirectory directory_;
};

TEST_F(MigrationTest, BringsAnEmptyFileUpToDateInOrder) {
  migrate_file({first_, second_});
  EXPECT_EQ(number("SELECT b FROM two"), 2);
  EXPECT_EQ(number("PRAGMA user_version"), 2);
  EXPECT_EQ(number("PRAGMA application_id"), application_id);
}

TEST_F(MigrationTest, AppliesOnlyWhatIsMissing) {
  migrate_file({first_});
  migrate_file({first_, second_});
  migrate_file({first_, second_});
  EXPECT_EQ(number("SELECT count(*) FROM one"), 1);
  EXPECT_EQ(number("SELECT count(*) FROM two"), 1);
}

TEST_F(MigrationTest, AFailedOneLeavesWhatWasThere) {
  migrate_file({first_});
  expect_error(ErrorCode::failed, [&] {
    migrate_file({first_, std::string("CREATE TABLE two (b INTEGER) STRICT; SELECT nonsense")});
  });
  EXPECT_EQ(number("PRAGMA user_version"), 1);
  EXPECT_EQ(number("SELECT count(*) FROM sqlite_schema WHERE name = 'two'"), 0);
}

TEST_F(MigrationTest, RefusesAFileOfANewerGilir) {
  migrate_file({first_, second_});
  const auto error = thrown_by([&] { migrate_file({first_}); });
  EXPECT_EQ(error.code(), ErrorCode::newer_schema);
  EXPECT_EQ(error.text("schema"), "2");
  EXPECT_EQ(error.text("supported"), "1");
  EXPECT_EQ(error.text("path"), path());
}

TEST_F(MigrationTest, RefusesAnotherProgramsDatabase) {
  {
    Connection connection({path(), true});
    connection.script("CREATE TABLE theirs (x)");
  }
  expect_error(ErrorCode::foreign_file, [&] { migrate_file({first_}); });
  EXPECT_EQ(number("SELECT count(*) FROM sqlite_schema"), 1);
}

TEST_F(MigrationTest, RefusesAFileThatIsNoDatabase) {
  write_file(std::string(8192, 'x'));
  expect_error(ErrorCode::foreign_file, [&] { migrate_file({first_}); });
}

TEST_F(MigrationTest, TellsATruncatedFileFromAGoodOne) {
  {
    Connection connection({path(), true});
    WriteGate gate(directory_.file("gate"));
    migrate(connection, gate, std::vector<Migration>{first_});
    connection.script(
        "CREATE TABLE much (t TEXT) STRICT; INSERT INTO much SELECT hex(zeroblob(500)) FROM (VALUES (1),(2),(3),(4)),"
        " (VALUES (1),(2),(3),(4)), (VALUES (1),(2),(3),(4))");
  }
  std::filesystem::resize_file(path(), std::filesystem::file_size(path()) / 2);
  const auto error = thrown_by([&] {
    Connection connection({path(), false});
    connection.all<std::string>("SELECT t FROM much");
  });
  EXPECT_EQ(error.code(), ErrorCode::damaged) << error.what();
}

TEST(NetworkFileSystem, AreKnownByTheirMagic) {
  EXPECT_EQ(network_file_system(0x6969), "NFS");
  EXPECT_EQ(network_file_system(0xFE534D42), "SMB");
  EXPECT_EQ(network_file_system(0xFF534D42), "CIFS");
  EXPECT_EQ(network_file_system(0x01021997), "9p");
  EXPECT_EQ(network_file_system(0x65735546), "FUSE");
  // ext4, tmpfs, btrfs, xfs, overlayfs
  for (const unsigned long local : {0xEF53UL, 0x01021994UL, 0x9123683EUL, 0x58465342UL, 0x794C7630UL}) {
    EXPECT_EQ(network_file_system(local), "") << local;
  }
}

TEST(NetworkFileSystem, LocalDirectoriesAreTaken) {
  const TemporaryDirectory directory;
  refuse_network_file_system(directory.path());
}

}  // namespace
}  // namespace gilir::store
