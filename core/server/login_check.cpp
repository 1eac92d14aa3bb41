#include "core/server/login_check.h"

namespace gilir {

std::vector<LoginCheck> login_checks(store::Connection& connection, const ServerName& server) {
  return connection.all<LoginCheck>(
      "SELECT " + store::columns<LoginCheck>() + " FROM login_check WHERE server = $1 ORDER BY login LIMIT 1000",
      server);
}

void put_login_check(store::Connection& connection, const LoginCheck& check) {
  connection.put("login_check", R"("server", "login")", check);
}

void forget_login_checks(store::Connection& connection, const ServerName& server) {
  connection.run("DELETE FROM login_check WHERE server = $1", server);
}

}  // namespace gilir
