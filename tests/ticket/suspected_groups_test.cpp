#include "core/operations/ticket/suspected_groups.h"

#include <gtest/gtest.h>

namespace gilir {
namespace {

using Pairs = std::vector<std::pair<std::int64_t, std::int64_t>>;

class SuspectedGroups : public testing::Test {
 protected:
  SuspectedGroups() : connection_({":memory:", true}) { connection_.script(std::string(duplicate::pair_schema)); }

  void suspect(std::int64_t ticket, std::int64_t number, const std::string& strength = "likely", double score = 0.2) {
    duplicate::add_suspected(connection_, {{ticket}, {number}, strength, score, {"[]"}});
  }
  SuspectedGroup group_of(std::int64_t member) { return suspected_group(connection_, {member}); }
  Pairs pairs_of(std::int64_t member) {
    Pairs pairs;
    for (const auto& pair : group_of(member).pairs) pairs.emplace_back(pair.ticket.value, pair.number.value);
    return pairs;
  }

  store::Connection connection_;
};

TEST_F(SuspectedGroups, HaveOnePairFewerThanTickets) {
  suspect(2, 1);
  suspect(3, 1);
  suspect(3, 2);
  suspect(4, 1);
  suspect(4, 2);
  suspect(4, 3);
  EXPECT_EQ(pairs_of(4).size(), 3u);
}

TEST_F(SuspectedGroups, AreTheSameWhicheverMemberIsAskedAbout) {
  suspect(2, 1);
  suspect(5, 2, "strong", 0.8);
  suspect(7, 5);
  for (const auto member : {1, 2, 5, 7}) {
    const auto group = group_of(member);
    EXPECT_EQ(group.oldest, TicketNumber{1});
    EXPECT_EQ(group.newest, TicketNumber{7});
    EXPECT_EQ(pairs_of(member), (Pairs{{2, 1}, {5, 2}, {7, 5}}));
  }
}

TEST_F(SuspectedGroups, HoldNoTicketThatNothingTiesToThem) {
  suspect(2, 1);
  suspect(4, 3);
  EXPECT_EQ(pairs_of(1), (Pairs{{2, 1}}));
  EXPECT_EQ(pairs_of(4), (Pairs{{4, 3}}));
}

TEST_F(SuspectedGroups, TieEachTicketByItsStrongestPair) {
  suspect(2, 1, "likely", 0.9);
  suspect(3, 1, "likely", 0.5);
  suspect(3, 2, "strong", 0.4);
  EXPECT_EQ(pairs_of(1), (Pairs{{2, 1}, {3, 2}}));
}

TEST_F(SuspectedGroups, OfPairsAsStrongTieThemToTheOldestAndThenByTheScore) {
  suspect(2, 1, "strong", 0.5);
  suspect(3, 1, "strong", 0.4);
  suspect(3, 2, "strong", 0.9);
  EXPECT_EQ(pairs_of(3), (Pairs{{2, 1}, {3, 1}}));
  suspect(5, 2, "likely", 0.2);
  suspect(5, 3, "likely", 0.3);
  EXPECT_EQ(pairs_of(5), (Pairs{{2, 1}, {3, 1}, {5, 3}}));
}

TEST_F(SuspectedGroups, TieATicketOnlyToThoseThatWereTied) {
  suspect(9, 8, "strong", 0.9);
  suspect(8, 1, "likely", 0.1);
  suspect(2, 1, "likely", 0.2);
  EXPECT_EQ(pairs_of(9), (Pairs{{2, 1}, {8, 1}, {9, 8}}));
}

TEST_F(SuspectedGroups, AreBounded) {
  for (std::int64_t ticket = 2; ticket <= static_cast<std::int64_t>(most_in_group) + 100; ++ticket)
    suspect(ticket, ticket - 1);
  EXPECT_EQ(group_of(1).pairs.size(), most_in_group - 1);
}

TEST_F(SuspectedGroups, OfATicketThatNothingLooksLikeAreItself) {
  const auto group = group_of(6);
  EXPECT_EQ(group.oldest, TicketNumber{6});
  EXPECT_EQ(group.newest, TicketNumber{6});
  EXPECT_TRUE(group.pairs.empty());
}

}  // namespace
}  // namespace gilir
