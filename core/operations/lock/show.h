// lock.show and lock.list: who holds a server, who waits for it, and what a free seat is kept for.
#pragma once

#include <vector>

#include "core/operations/lock/lock_view.h"
#include "core/operations/operation.h"

namespace gilir {

struct ShowLock {
  ServerName server;

  using Result = LockView;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(ShowLock, (), (server))

struct LockPage {
  std::vector<LockView> locks;
  bool truncated = false;
  std::optional<std::int64_t> total;
};
BOOST_DESCRIBE_STRUCT(LockPage, (), (locks, truncated, total))

// In order of name; without `all` only servers that somebody holds or waits for.
struct ListLocks {
  bool all = false;
  std::optional<ServerName> after;
  std::int64_t limit = 100;
  bool count = false;

  using Result = LockPage;
  static constexpr bool about_rows = true;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(ListLocks, (), (all, after, limit, count))

// Something that the caller himself holds or waits for.
struct OwnLockView {
  ServerName server;
  std::optional<TicketNumber> ticket;
  std::string reason;
  HoldKind kind{};
  bool waiting = false;
  int position = 0;
  Milliseconds expires_in_s{};
};
BOOST_DESCRIBE_STRUCT(OwnLockView, (), (server, ticket, reason, kind, waiting, position, expires_in_s))

// A server that its holder let go because the caller had knocked, and that the caller has not taken since.
struct GrantedKnockView {
  ServerName server;
  AgentName holder;
  bool by_silence = false;
  WallTime at{};
  bool free = false;  // now
};
BOOST_DESCRIBE_STRUCT(GrantedKnockView, (), (server, holder, by_silence, at, free))

struct OwnLockPage {
  std::vector<OwnLockView> locks;
  // Of the last hour, the latest first.
  std::vector<GrantedKnockView> granted;
};
BOOST_DESCRIBE_STRUCT(OwnLockPage, (), (locks, granted))

struct ListOwnLocks {
  using Result = OwnLockPage;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(ListOwnLocks, (), ())

}  // namespace gilir
