#include <gtest/gtest.h>

#include <iterator>
#include <set>
#include <sstream>
#include <tuple>

#include "core/base/error.h"
#include "core/ticket/ticket_rules.h"

namespace gilir {
namespace {

template <class Enum>
std::vector<Enum> every() {
  std::vector<Enum> all;
  boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>(
      [&](auto enumerator) { all.push_back(enumerator.value); });
  return all;
}

using Move = std::tuple<std::string, std::string, std::string>;

std::vector<std::string> words(const std::string& text) {
  std::istringstream stream(text);
  return {std::istream_iterator<std::string>(stream), {}};
}

// The whole table, written down a second time: `to` "" where the status stays.
std::set<Move> permitted_moves() {
  const std::string aside = " waiting_reporter waiting_unit postponed";
  const std::string open = "new assigned in_progress" + aside;
  std::set<Move> moves;
  const auto permit = [&](const std::string& verbs, const std::string& from, const std::string& to) {
    for (const auto& verb : words(verbs)) {
      for (const auto& status : words(from)) moves.insert({verb, status, to.empty() ? status : to});
    }
  };
  permit("assign escalate", open, "assigned");
  permit("claim", "new assigned", "assigned");
  permit("claim", "in_progress", "in_progress");
  permit("start", "new assigned" + aside, "in_progress");
  permit("reply edit", open + " resolved rejected", "");
  permit("note link", open + " resolved rejected closed", "");
  permit("voice merge_into", open + " resolved", "");
  permit("pass", "assigned in_progress" + aside, "assigned");
  permit("postpone", open, "postponed");
  permit("wait_for_reporter", open, "waiting_reporter");
  permit("wait_for_unit", open, "waiting_unit");
  permit("come_back", aside, "assigned");
  permit("resolve", open, "resolved");
  permit("reject", open, "rejected");
  permit("close", "resolved", "closed");
  permit("reopen", "resolved closed rejected", "assigned");
  permit("merge", open + " resolved", "merged");
  permit("unmerge", "merged", "");
  return moves;
}

TEST(TicketRules, PermitExactlyTheMovesOfTheTable) {
  std::set<Move> found;
  for (const auto verb : every<TicketVerb>()) {
    for (const auto status : every<TicketStatus>()) {
      if (const auto after = status_after(status, verb)) {
        found.emplace(enum_name(verb), enum_name(status), enum_name(*after));
      }
    }
  }
  EXPECT_EQ(found, permitted_moves());
}

TEST(TicketRules, RefuseEveryOtherMoveNamingTicketStatusAndVerb) {
  for (const auto verb : every<TicketVerb>()) {
    for (const auto status : every<TicketStatus>()) {
      TicketRow ticket;
      ticket.number = {41};
      ticket.status = status;
      if (const auto after = status_after(status, verb)) {
        EXPECT_EQ(require_move(ticket, verb), *after);
        continue;
      }
      try {
        require_move(ticket, verb);
        ADD_FAILURE() << enum_name(verb) << " was permitted for " << enum_name(status);
      } catch (const Error& error) {
        EXPECT_EQ(error.code(), ErrorCode::wrong_state);
        EXPECT_EQ(error.text("number"), "41");
        EXPECT_EQ(error.text("status"), enum_name(status));
        EXPECT_EQ(error.text("verb"), enum_name(verb));
      }
    }
  }
}

TEST(TicketRules, LetNothingHappenToAMergedTicketButItsUnmerging) {
  for (const auto verb : every<TicketVerb>()) {
    EXPECT_EQ(status_after(TicketStatus::merged, verb).has_value(), verb == TicketVerb::unmerge) << enum_name(verb);
  }
}

TEST(TicketRules, CallATicketEitherOpenOrFinished) {
  const std::set<TicketStatus> open(open_statuses().begin(), open_statuses().end());
  const std::set<TicketStatus> finished{TicketStatus::resolved, TicketStatus::closed, TicketStatus::rejected,
                                        TicketStatus::merged};
  for (const auto status : every<TicketStatus>()) {
    EXPECT_EQ(is_open(status), open.contains(status));
    EXPECT_EQ(is_finished(status), finished.contains(status));
    EXPECT_NE(is_open(status), is_finished(status));
  }
}

TEST(TicketRules, BringATicketBackWhenItsTimeIsThere) {
  const WallTime due{Seconds{1000}};
  TicketRow ticket;
  ticket.postponed_until = due;
  for (const auto status : every<TicketStatus>()) {
    ticket.status = status;
    EXPECT_EQ(settled(ticket, due - Milliseconds{1}).status, status);
    const auto back = settled(ticket, due);
    EXPECT_EQ(back.status, is_put_aside(status) ? TicketStatus::assigned : status) << enum_name(status);
    EXPECT_EQ(back.postponed_until.has_value(), !is_put_aside(status));
  }
}

TEST(TicketRules, LeaveATicketAsideThatHasNoTime) {
  TicketRow ticket;
  ticket.status = TicketStatus::waiting_unit;
  EXPECT_EQ(settled(ticket, WallTime::max()).status, TicketStatus::waiting_unit);
}

}  // namespace
}  // namespace gilir
