#include <gtest/gtest.h>

#include <set>
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

// The whole table, written down a second time.
const std::set<Move> permitted{
    {"assign", "new", "assigned"},
    {"assign", "assigned", "assigned"},
    {"assign", "in_progress", "assigned"},
    {"start", "new", "in_progress"},
    {"start", "assigned", "in_progress"},
    {"reply", "new", "new"},
    {"reply", "assigned", "assigned"},
    {"reply", "in_progress", "in_progress"},
    {"reply", "resolved", "resolved"},
    {"note", "new", "new"},
    {"note", "assigned", "assigned"},
    {"note", "in_progress", "in_progress"},
    {"note", "resolved", "resolved"},
    {"note", "closed", "closed"},
    {"escalate", "new", "assigned"},
    {"escalate", "assigned", "assigned"},
    {"escalate", "in_progress", "assigned"},
    {"resolve", "new", "resolved"},
    {"resolve", "assigned", "resolved"},
    {"resolve", "in_progress", "resolved"},
    {"close", "resolved", "closed"},
    {"merge", "new", "merged"},
    {"merge", "assigned", "merged"},
    {"merge", "in_progress", "merged"},
    {"merge", "resolved", "merged"},
    {"merge_into", "new", "new"},
    {"merge_into", "assigned", "assigned"},
    {"merge_into", "in_progress", "in_progress"},
    {"merge_into", "resolved", "resolved"},
};

TEST(TicketRules, PermitExactlyTheMovesOfTheTable) {
  std::set<Move> found;
  for (const auto verb : every<TicketVerb>()) {
    for (const auto status : every<TicketStatus>()) {
      if (const auto after = status_after(status, verb)) {
        found.emplace(enum_name(verb), enum_name(status), enum_name(*after));
      }
    }
  }
  EXPECT_EQ(found, permitted);
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

TEST(TicketRules, LetNothingButNotesHappenToAClosedTicketAndNothingToAMergedOne) {
  for (const auto verb : every<TicketVerb>()) {
    EXPECT_FALSE(status_after(TicketStatus::merged, verb)) << enum_name(verb);
    EXPECT_EQ(status_after(TicketStatus::closed, verb).has_value(), verb == TicketVerb::note) << enum_name(verb);
  }
}

TEST(TicketRules, CallATicketEitherOpenOrFinished) {
  const std::set<TicketStatus> open{TicketStatus::new_, TicketStatus::assigned, TicketStatus::in_progress};
  for (const auto status : every<TicketStatus>()) {
    EXPECT_EQ(is_open(status), open.contains(status));
    EXPECT_EQ(is_finished(status), !open.contains(status));
  }
}

}  // namespace
}  // namespace gilir
