#include "core/store/connection.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <unistd.h>

#include "tests/fakes/expect_error.h"
#include "tests/fakes/temporary_directory.h"

namespace gilir::store {
namespace {

enum class Colour { red, new_ };
BOOST_DESCRIBE_ENUM(Colour, red, new_)

struct Span {
  std::int64_t from = 0;
  Milliseconds length{};
  bool operator==(const Span&) const = default;
};
BOOST_DESCRIBE_STRUCT(Span, (), (from, length))

struct Row {
  TicketNumber number = {};
  std::string title = {};
  Colour colour{};
  bool urgent = false;
  std::optional<AgentName> agent = {};
  WallTime at{};
  Span span = {};
  bool operator==(const Row&) const = default;
};
BOOST_DESCRIBE_STRUCT(Row, (), (number, title, colour, urgent, agent, at, span))

class ConnectionTest : public testing::Test {
 protected:
  ConnectionTest() : connection_({directory_.file("desk.db"), true}) {
    connection_.script(
        "CREATE TABLE row (number INTEGER PRIMARY KEY, title TEXT NOT NULL, colour TEXT NOT NULL, "
        "urgent INTEGER NOT NULL, agent TEXT, at INTEGER NOT NULL, span_from INTEGER NOT NULL, "
        "span_length INTEGER NOT NULL) STRICT");
  }
  std::vector<Row> rows() { return connection_.all<Row>("SELECT " + columns<Row>() + " FROM row ORDER BY number"); }

  TemporaryDirectory directory_;
  Connection connection_;
};

TEST_F(ConnectionTest, SaysSoWhereTooFewFilesMayBeOpen) {
  rlimit before{};
  ASSERT_EQ(getrlimit(RLIMIT_NOFILE, &before), 0);
  const int next = open("/dev/null", O_RDONLY | O_CLOEXEC);
  close(next);
  const rlimit none_more{static_cast<rlim_t>(next), before.rlim_max};
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &none_more), 0);
  const auto error = thrown_by([&] { Connection({directory_.file("desk.db")}); });
  ASSERT_EQ(setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_EQ(error.code(), ErrorCode::unreachable);
  EXPECT_EQ(error.text("problem"), "unable to open database file: Too many open files");
}

TEST_F(ConnectionTest, RowsComeBackAsTheyWere) {
  const Row full{{41},
                 "it's broken; DROP TABLE row",
                 Colour::new_,
                 true,
                 AgentName{"sari"},
                 WallTime{Milliseconds{7}},
                 {3, Milliseconds{1500}}};
  const Row bare{{42}, "", Colour::red, false, std::nullopt, {}, {}};
  connection_.insert("row", full);
  connection_.insert("row", bare);
  EXPECT_EQ(rows(), (std::vector{full, bare}));
}

struct Packed {
  std::int64_t number = 0;
  Bytes packed;
  std::optional<Bytes> perhaps;
  bool operator==(const Packed&) const = default;
};
BOOST_DESCRIBE_STRUCT(Packed, (), (number, packed, perhaps))

TEST_F(ConnectionTest, BytesOfEveryValueComeBackAsTheyWere) {
  connection_.script("CREATE TABLE packed (number INTEGER PRIMARY KEY, packed BLOB NOT NULL, perhaps BLOB) STRICT");
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  const std::vector<Packed> rows{{1, {all + all}, {}}, {2, {}, Bytes{std::string(1, '\0')}}};
  for (const auto& row : rows) connection_.insert("packed", row);
  EXPECT_EQ(connection_.all<Packed>("SELECT " + columns<Packed>() + " FROM packed ORDER BY number"), rows);
  EXPECT_EQ(connection_.first<std::int64_t>("SELECT number FROM packed WHERE packed = $1", Bytes{all + all}), 1);
  EXPECT_EQ(connection_.first<std::string>("SELECT typeof(packed) FROM packed WHERE number = 2"), "blob");
}

TEST_F(ConnectionTest, PutReplacesTheRowOfItsKey) {
  connection_.put("row", R"("number")", Row{.number = {41}, .title = "before"});
  connection_.put("row", R"("number")", Row{.number = {41}, .title = "after"});
  ASSERT_EQ(rows().size(), 1U);
  EXPECT_EQ(rows().front().title, "after");
}

TEST_F(ConnectionTest, UpdateChangesTheRowOfItsKeyAndNoOther) {
  connection_.insert("row", Row{.number = {41}, .title = "before"});
  connection_.insert("row", Row{.number = {42}, .title = "other"});
  EXPECT_EQ(connection_.update("row", R"("number")", Row{.number = {41}, .title = "after"}), 1);
  EXPECT_EQ(connection_.update("row", R"("number")", Row{.number = {43}, .title = "nowhere"}), 0);
  ASSERT_EQ(rows().size(), 2U);
  EXPECT_EQ(rows().front().title, "after");
  EXPECT_EQ(rows().back().title, "other");
}

TEST_F(ConnectionTest, ParametersAreBoundByNumberNotByPlace) {
  EXPECT_EQ(connection_.first<std::int64_t>("SELECT $2 * 10 + $1", 1, 2), 21);
}

TEST_F(ConnectionTest, FirstOfNothingIsNothing) {
  EXPECT_FALSE(connection_.first<std::int64_t>("SELECT number FROM row"));
}

TEST_F(ConnectionTest, AValueThatItsEnumDoesNotKnowIsDamage) {
  connection_.insert("row", Row{});
  connection_.run("UPDATE row SET colour = 'blue'");
  expect_error(ErrorCode::damaged, [&] { rows(); });
}

TEST_F(ConnectionTest, AFileThatIsNotThereIsNotMade) {
  const auto path = directory_.file("missing.db");
  const auto error = thrown_by([&] { Connection connection({path, false}); });
  EXPECT_EQ(error.code(), ErrorCode::unreachable) << error.what();
  EXPECT_EQ(error.text("path"), path);
}

TEST_F(ConnectionTest, WhatOthersInTheWayCauseIsAskedAgainForLater) {
  for (const int result : {SQLITE_BUSY, SQLITE_BUSY_RECOVERY, SQLITE_BUSY_SNAPSHOT, SQLITE_LOCKED, SQLITE_PROTOCOL}) {
    EXPECT_EQ(error_of(nullptr, result, "desk.db").code(), ErrorCode::busy) << sqlite3_errstr(result);
  }
}

TEST_F(ConnectionTest, ATransactionThatIsNotCommittedLeavesNothing) {
  {
    Transaction transaction(connection_, Transaction::Kind::write);
    connection_.insert("row", Row{});
    EXPECT_TRUE(connection_.in_transaction());
  }
  EXPECT_FALSE(connection_.in_transaction());
  EXPECT_TRUE(rows().empty());
}

TEST_F(ConnectionTest, ATransactionThatIsCommittedStays) {
  {
    Transaction transaction(connection_, Transaction::Kind::write);
    connection_.insert("row", Row{});
    transaction.commit();
  }
  EXPECT_EQ(rows().size(), 1U);
}

}  // namespace
}  // namespace gilir::store
