#include "core/operations/ticket/suspected_groups.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "tests/fakes/rows_read.h"

namespace gilir {
namespace {

using Pairs = std::vector<std::pair<std::int64_t, std::int64_t>>;

class GroupsOfSuspects : public testing::Test {
 protected:
  GroupsOfSuspects() : connection_({":memory:", true}) {
    connection_.script("CREATE TABLE ticket (number INTEGER PRIMARY KEY);" + std::string(duplicate::pair_schema));
    connection_.script(
        "WITH RECURSIVE n (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM n WHERE number < 5000) "
        "INSERT INTO ticket SELECT number FROM n");
  }

  void suspect(std::int64_t ticket, std::int64_t number, const std::string& strength = "likely", double score = 0.2) {
    duplicate::add_suspected(connection_, {{ticket}, {number}, strength, score, {"[]"}});
  }
  // All of them say the same word for word, and each was compared with the best five.
  void suspect_copies(std::int64_t tickets) {
    store::Transaction transaction(connection_, store::Transaction::Kind::write);
    for (std::int64_t ticket = 2; ticket <= tickets; ++ticket) {
      for (std::int64_t before = 1; before <= 4 && ticket - before > 1; ++before)
        suspect(ticket, ticket - before, "strong", 0.9);
      suspect(ticket, 1, "strong", 0.9);
    }
    transaction.commit();
  }
  std::vector<SuspectedGroup> groups(std::optional<TicketNumber> before = std::nullopt) {
    SuspectedGroups walk(connection_, before);
    std::vector<SuspectedGroup> found;
    while (auto group = walk.next()) found.push_back(std::move(*group));
    return found;
  }
  // Page after page of one group.
  std::vector<SuspectedGroup> groups_of_pages() {
    std::vector<SuspectedGroup> found;
    std::optional<TicketNumber> before;
    while (auto group = SuspectedGroups(connection_, before).next()) {
      before = group->newest;
      found.push_back(std::move(*group));
    }
    return found;
  }
  static Pairs pairs_of(const SuspectedGroup& group) {
    Pairs pairs;
    for (const auto& pair : group.pairs) pairs.emplace_back(pair.ticket.value, pair.number.value);
    return pairs;
  }
  Pairs pairs() {
    Pairs all;
    for (const auto& group : groups()) std::ranges::copy(pairs_of(group), std::back_inserter(all));
    return all;
  }
  static std::set<TicketNumber> members(const SuspectedGroup& group) {
    std::set<TicketNumber> tickets;
    for (const auto& pair : group.pairs) tickets.insert({pair.ticket, pair.number});
    return tickets;
  }

  store::Connection connection_;
};

TEST_F(GroupsOfSuspects, HaveOnePairFewerThanTickets) {
  suspect(2, 1);
  suspect(3, 1);
  suspect(3, 2);
  suspect(4, 1);
  suspect(4, 2);
  suspect(4, 3);
  EXPECT_EQ(pairs().size(), 3u);
}

TEST_F(GroupsOfSuspects, AreOfAllThatIsTiedThroughOthers) {
  suspect(2, 1);
  suspect(5, 2, "strong", 0.8);
  suspect(7, 5);
  const auto found = groups();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].oldest, TicketNumber{1});
  EXPECT_EQ(found[0].newest, TicketNumber{7});
  EXPECT_EQ(found[0].tickets, 4u);
  EXPECT_EQ(pairs_of(found[0]), (Pairs{{2, 1}, {5, 2}, {7, 5}}));
}

TEST_F(GroupsOfSuspects, HoldNoTicketThatNothingTiesToThem) {
  suspect(2, 1);
  suspect(4, 3);
  const auto found = groups();
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(pairs_of(found[0]), (Pairs{{4, 3}}));
  EXPECT_EQ(pairs_of(found[1]), (Pairs{{2, 1}}));
}

TEST_F(GroupsOfSuspects, TieEachTicketByItsStrongestPair) {
  suspect(2, 1, "likely", 0.9);
  suspect(3, 1, "likely", 0.5);
  suspect(3, 2, "strong", 0.4);
  EXPECT_EQ(pairs(), (Pairs{{2, 1}, {3, 2}}));
}

TEST_F(GroupsOfSuspects, OfPairsAsStrongTieThemToTheOldestAndThenByTheScore) {
  suspect(2, 1, "strong", 0.5);
  suspect(3, 1, "strong", 0.4);
  suspect(3, 2, "strong", 0.9);
  EXPECT_EQ(pairs(), (Pairs{{2, 1}, {3, 1}}));
  suspect(5, 2, "likely", 0.2);
  suspect(5, 3, "likely", 0.3);
  EXPECT_EQ(pairs(), (Pairs{{2, 1}, {3, 1}, {5, 3}}));
}

TEST_F(GroupsOfSuspects, TieATicketOnlyToThoseThatWereTied) {
  suspect(9, 8, "strong", 0.9);
  suspect(8, 1, "likely", 0.1);
  suspect(2, 1, "likely", 0.2);
  EXPECT_EQ(pairs(), (Pairs{{2, 1}, {8, 1}, {9, 8}}));
}

TEST_F(GroupsOfSuspects, AreCutWhenTheyAreLargeAndSayHowManyTicketsTheyHave) {
  for (std::int64_t ticket = 1; ticket <= 1'400; ++ticket) {
    if (ticket < 1'200) suspect(1'200, ticket);
    if (ticket > 1'200) suspect(ticket, 1'200);
  }
  const auto found = groups();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(members(found[0]).size(), most_in_group);
  EXPECT_EQ(found[0].tickets, 1'400u);
  EXPECT_EQ(found[0].newest, TicketNumber{1'400});
}

TEST_F(GroupsOfSuspects, ReadEachPairFromBothOfItsTicketsAndNoMore) {
  suspect_copies(4'500);
  suspect(4'502, 4'501);
  const auto pairs = connection_.first<std::size_t>("SELECT count(*) FROM suspected_duplicate").value();
  const RowsRead rows(connection_);
  const auto found = groups();
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[1].tickets, 4'500u);
  EXPECT_EQ(found[1].pairs.size(), most_in_group - 1);
  EXPECT_LE(rows.count(), 2 * pairs + 4'502 + most_in_group);
}

TEST_F(GroupsOfSuspects, OfAPageBeforeCostAFewRows) {
  suspect_copies(2'000);
  suspect(2'100, 2'050);
  suspect(2'001, 1);
  const RowsRead rows(connection_);
  // Only 2001 is above, and each of the others has 1 beside it.
  EXPECT_TRUE(groups(TicketNumber{2'001}).empty());
  EXPECT_LE(rows.count(), 5'000u);
}

TEST_F(GroupsOfSuspects, AreEachOnOnePageHoweverTheyLieWithinOneAnother) {
  suspect(10, 1);
  suspect(9, 2);
  suspect(8, 3);
  suspect(7, 1);
  suspect(6, 2);
  suspect(20, 6);
  suspect(5, 4);
  std::vector<std::set<TicketNumber>> pages;
  for (const auto& group : groups_of_pages()) pages.push_back(members(group));
  std::vector<std::set<TicketNumber>> at_once;
  for (const auto& group : groups()) at_once.push_back(members(group));
  EXPECT_EQ(pages, at_once);
  ASSERT_EQ(pages.size(), 4u);
  EXPECT_EQ(pages[0], (std::set<TicketNumber>{{2}, {6}, {9}, {20}}));
  EXPECT_EQ(pages[3], (std::set<TicketNumber>{{4}, {5}}));
}

TEST_F(GroupsOfSuspects, PassOverTicketsThatAreNotThere) {
  suspect(3, 1);
  suspect(6'000, 1);
  suspect(6'000, 4);
  suspect(2, -5);
  EXPECT_EQ(pairs(), (Pairs{{3, 1}}));
}

TEST_F(GroupsOfSuspects, TellWhyTheListedPairsAreSuspected) {
  duplicate::add_suspected(connection_, {{2}, {1}, "strong", 0.9, {R"([{"kind":"same_office"}])"}});
  EXPECT_EQ(groups().at(0).pairs.at(0).because.text, R"([{"kind":"same_office"}])");
}

}  // namespace
}  // namespace gilir
