#include "core/operations/server/add.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/server/server_table.h"

namespace gilir {
namespace {

constexpr std::array fields{
    FieldSpec{"name", "letters, digits, dot, underscore and dash", max_name_bytes},
    FieldSpec{"host", "a host name or address", max_name_bytes * 4},
    FieldSpec{"port", "of its SSH; of its RDP where it has no SSH", highest_port},
    FieldSpec{"user", "the login there; empty: the local user's name", max_user_bytes},
    FieldSpec{"seats", "how many agents at once", most_seats},
    FieldSpec{"logins", "sessions that it stands for one seat; 0: many", most_logins},
    FieldSpec{"term_s", "how long a kept hold lasts without renewal", longest_term.count()},
    FieldSpec{"lock_delay_s", "how long a seat that was lost stays shut", longest_lock_delay.count()},
    FieldSpec{"offer_s", "how long the next in line has to take its turn up", longest_term.count()},
    FieldSpec{"level", "what stops an agent without the lease", 0},
    FieldSpec{"protocols", "how agents log in; empty: what the port says", 2},
    FieldSpec{"rdp_port", "of its RDP; 0: the usual one", highest_port},
};

ServerView run(Context& context, const AddServer& operation) {
  Server server;
  server.name = operation.name;
  server.host = operation.host;
  server.port = static_cast<int>(operation.port);
  server.user = operation.user;
  server.seats = static_cast<int>(operation.seats);
  server.logins = static_cast<int>(operation.logins);
  server.term_s = operation.term_s;
  server.lock_delay_s = operation.lock_delay_s.value_or(usual_lock_delay(operation.term_s));
  server.offer_s = operation.offer_s.value_or(operation.term_s / 2);
  server.level = operation.level;
  set_protocols(server, operation.protocols, static_cast<int>(operation.rdp_port));
  server.added = context.now().wall;
  check_server(server);
  if (find_server(context.connection(), server.name)) {
    throw Error(ErrorCode::exists).with("kind", "server").with("name", server.name);
  }
  put_server(context.connection(), server);
  context.log(EventKind::server_added, {subject(server.name)}, {.server = server.name, .host = server.host});
  return server_view(server);
}

}  // namespace

const OperationSpec AddServer::spec =
    describe_operation<AddServer, run>("server.add", Role::admin, Access::write, fields);

}  // namespace gilir
