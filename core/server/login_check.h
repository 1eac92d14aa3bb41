// What `gilir server check` found out at a server, for one login: whether it can be confirmed there that a session is
// over. Every function runs inside the caller's transaction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/describe.h"
#include "core/base/ids.h"
#include "core/store/connection.h"

namespace gilir {

enum class SessionEnd {
  confirmed,         // a leash (core/ssh/leash.h) ended what ran, and saw that nothing was left
  forced_command,    // the server runs a command of its own for every session
  one_session,       // it opens no second session on a connection
  no_shell,          // it has no POSIX shell for who logs in there
  hidden_processes,  // it does not show which processes a session has
  not_ended,         // something went on
};
BOOST_DESCRIBE_ENUM(SessionEnd, confirmed, forced_command, one_session, no_shell, hidden_processes, not_ended)

struct LoginCheck {
  ServerName server;
  std::string login;
  SessionEnd ending{};
  WallTime checked{};
  AgentName by;
};
BOOST_DESCRIBE_STRUCT(LoginCheck, (), (server, login, ending, checked, by))

// In order of login.
std::vector<LoginCheck> login_checks(store::Connection& connection, const ServerName& server);
void put_login_check(store::Connection& connection, const LoginCheck& check);
// The server is another machine now, as far as anybody knows.
void forget_login_checks(store::Connection& connection, const ServerName& server);

}  // namespace gilir
