// Pairs of tickets that may be one and the same: those that somebody should look at, and what was decided of pairs.
//
// A pair is suspected from the filing of its newer ticket on (a strong or likely look-alike) as long as both tickets
// are open and nobody has decided; `suspected_duplicate` holds these pairs only, so that a list of them costs nothing
// on a desk with a million tickets. A decision stays for good. Every function runs inside the caller's transaction.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/clock.h"
#include "core/base/describe.h"
#include "core/base/ids.h"
#include "core/duplicate/reason.h"
#include "core/store/connection.h"

namespace gilir::duplicate {

// For a migration.
inline constexpr std::string_view pair_schema = R"sql(
CREATE TABLE suspected_duplicate (ticket INTEGER NOT NULL, number INTEGER NOT NULL, strength TEXT NOT NULL,
  score REAL NOT NULL, because TEXT NOT NULL, PRIMARY KEY (ticket, number)) STRICT, WITHOUT ROWID;
CREATE INDEX suspected_duplicate_by_number ON suspected_duplicate (number, ticket);
CREATE TABLE duplicate_decision (one INTEGER NOT NULL, other INTEGER NOT NULL, decision TEXT NOT NULL,
  "at" INTEGER NOT NULL, "by" TEXT NOT NULL, PRIMARY KEY (one, other)) STRICT, WITHOUT ROWID;
CREATE INDEX duplicate_decision_by_other ON duplicate_decision (other, one);
CREATE TABLE sticky_turn (ticket INTEGER PRIMARY KEY, twin INTEGER NOT NULL) STRICT;
)sql";

struct SuspectedPair {
  TicketNumber ticket;  // the newer one
  TicketNumber number;  // the older one, which it looks like
  std::string strength;
  double score = 0;
  RawJson because;  // a list of Reason
};
BOOST_DESCRIBE_STRUCT(SuspectedPair, (), (ticket, number, strength, score, because))

void add_suspected(store::Connection& connection, const SuspectedPair& pair);
// The pairs in which `number` is the older one and the newer one is there, the newest first; and how many there are.
std::vector<SuspectedPair> suspected_newer(store::Connection& connection, TicketNumber number, std::int64_t limit);
std::int64_t count_suspected_newer(store::Connection& connection, TicketNumber number);
// That two look alike is told also where the reasons cannot be read any more.
std::vector<Reason> reasons_of(const RawJson& because);
// All pairs that it is in.
std::vector<SuspectedPair> suspected_with(store::Connection& connection, TicketNumber number);
// The same without why, for a walk through many: those of which both tickets are there.
std::vector<SuspectedPair> ties_with(store::Connection& connection, TicketNumber number);
// Why `pair` is suspected; of one that is gone nothing.
RawJson why_suspected(store::Connection& connection, const SuspectedPair& pair);
// The newer tickets of all pairs of the desk, as far as they are there, the newest first; those below `before` when it
// is given.
std::vector<TicketNumber> suspected_tickets(store::Connection& connection, const std::optional<TicketNumber>& before,
                                            std::int64_t limit);
// The ticket is finished.
void end_suspicion(store::Connection& connection, TicketNumber number);
// `from` is a part of `into` now: who looked like the one looks like the other through it.
void move_suspicion(store::Connection& connection, TicketNumber from, TicketNumber into);
// It is none any more: who looks like `into` through it or one of its `parts` looks like `from`, and where that is not
// open, like none.
void move_suspicion_back(store::Connection& connection, TicketNumber from, TicketNumber into,
                         const std::vector<TicketNumber>& parts, bool from_is_open);

// The reasons are of `part`, unless they are of a part of that already.
void tell_through(std::vector<Reason>& reasons, TicketNumber part);
// Of which part they are; none when they are the tickets' own.
std::optional<TicketNumber> part_of(const std::vector<Reason>& reasons);

enum class Decision { confirmed, rejected };
BOOST_DESCRIBE_ENUM(Decision, confirmed, rejected)

// Somebody has looked: the pair is suspected no longer. The latest decision counts.
void decide(store::Connection& connection, TicketNumber one, TicketNumber other, Decision decision, WallTime at,
            const AgentName& by);
// Nothing is decided any more of a pair that was rejected; false when it was not.
bool take_back_rejection(store::Connection& connection, TicketNumber one, TicketNumber other);
// Which tickets were said not to be the same as `number`.
std::set<TicketNumber> said_distinct(store::Connection& connection, TicketNumber number);

// `ticket` went to the agent of `twin` instead of by turn; std::nullopt when it went by turn.
void note_sticky_turn(store::Connection& connection, TicketNumber ticket, TicketNumber twin);
std::optional<TicketNumber> sticky_twin(store::Connection& connection, TicketNumber ticket);
void end_sticky_turn(store::Connection& connection, TicketNumber ticket);

}  // namespace gilir::duplicate
