// server.remove: the desk forgets a server that nobody uses. Its history and its last token stay, so that a
// server of the same name never gives out a token twice.
#pragma once

#include "core/operations/operation.h"
#include "core/operations/server/server_view.h"

namespace gilir {

// Error{in_use} while a seat there is held or ending, and, unless forced, while open tickets name it: {tickets}, some
// of them; who waits for it is told, but a second name stays while anybody waits at its lock. Named for what it does to
// the desk, as core/lock has a RemoveServer of its own.
struct ForgetServer {
  ServerName name;
  bool force = false;

  using Result = ServerView;
  static constexpr bool about_rows = true;
  static const OperationSpec spec;
};
BOOST_DESCRIBE_STRUCT(ForgetServer, (), (name, force))

}  // namespace gilir
