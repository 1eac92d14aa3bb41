// Finding rows of Locks, and what follows from them without any rule. Linear: Locks are small.
// Pointers and references stay good until a row of the same kind comes or goes.
#pragma once

#include <algorithm>

#include "core/base/error.h"
#include "core/lock/types.h"

namespace gilir {

// For a desk whose lock has rows that name others which are not there.
[[noreturn]] inline void refuse_rows() {
  throw Error(ErrorCode::damaged).with("problem", "the rows of a lock do not belong together");
}

// The row whose `key` is `value`, or null.
template <class Rows, class Row, class Key>
auto* find_row(Rows& rows, Key Row::*key, const Key& value) {
  for (auto& row : rows) {
    if (row.*key == value) return &row;
  }
  return static_cast<decltype(rows.data())>(nullptr);
}

// For rows that are known to be there; Error{damaged} where they are not.
template <class Rows, class Row, class Key>
auto& row_of(Rows& rows, Key Row::*key, const Key& value) {
  auto* const row = find_row(rows, key, value);
  if (row == nullptr) refuse_rows();
  return *row;
}

// The agent's lease at the server, or null. There is at most one.
const Lease* lease_of(const Locks& locks, const ServerName& server, const AgentName& agent);

// The agent has an unclosed mark at the server.
bool is_marked(const Locks& locks, const ServerName& server, const AgentName& agent);

bool is_at(const Locks& locks, PlaceId place, const ServerName& server);
// In order of name.
std::vector<ServerName> servers_of(const Locks& locks, PlaceId place);
bool has_line(const Locks& locks, const ServerName& server);

// From when the place counts as not renewed lately.
BootTime stale_from(const Locks& locks, PlaceId place);

// The agent's kept holds under this lease.
int kept_holds(const Locks& locks, LeaseId lease);
// His sessions there that were cut and may stand until they hear of it, and programs seen to run on.
int cut_sessions(const Locks& locks, const ServerName& server, const AgentName& agent, BootTime now);

}  // namespace gilir
