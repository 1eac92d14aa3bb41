#include "core/operations/server/edit.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/lock/lock_access.h"
#include "core/operations/named_changes.h"
#include "core/server/server_table.h"

namespace gilir {
namespace {

constexpr std::array fields{
    FieldSpec{"name", "the server", max_name_bytes},
    FieldSpec{"host", "a host name or address", max_name_bytes * 4},
    FieldSpec{"port", "of its SSH; of its RDP where it has no SSH", highest_port},
    FieldSpec{"user", "the login there; empty: the local user's name", max_user_bytes},
    FieldSpec{"seats", "how many agents at once", most_seats},
    FieldSpec{"logins", "sessions that it stands for one seat; 0: many", most_logins},
    FieldSpec{"term_s", "how long a kept hold lasts without renewal", longest_term.count()},
    FieldSpec{"lock_delay_s", "how long a seat that was lost stays shut", longest_lock_delay.count()},
    FieldSpec{"offer_s", "how long the next in line has to take its turn up", longest_term.count()},
    FieldSpec{"protocols", "how agents log in", 2},
    FieldSpec{"rdp_port", "of its RDP; 0: the usual one", highest_port},
    FieldSpec{"log_off", "run on the agent's machine before a seat goes on; empty: nothing", longest_log_off},
};

ServerLock lock_of(const Server& server) {
  return {server.name, server.seats, server.logins, server.term_s, server.lock_delay_s, server.offer_s, Token{}};
}

// The desktop moves with a server that is nothing else.
void change_protocols(NamedChanges& changes, Server& server, const EditServer& operation) {
  auto asked = server;
  if (operation.protocols) {
    if (operation.protocols->empty())
      throw Error(ErrorCode::invalid).with("field", "protocols").with("problem", "names no protocol");
    set_protocols(asked, *operation.protocols, static_cast<int>(operation.rdp_port.value_or(0)));
  } else if (!asked.ssh && operation.port) {
    asked.rdp_port = asked.port;
  }
  changes.apply("port", server.port, std::optional(asked.port));
  changes.apply("ssh", server.ssh, std::optional(asked.ssh));
  changes.apply("rdp_port", server.rdp_port, std::optional(asked.rdp_port));
}

ServerView run(Context& context, const EditServer& operation) {
  auto server = get_server(context.connection(), operation.name);
  NamedChanges changes;
  changes.apply("host", server.host, operation.host);
  changes.apply("port", server.port, operation.port);
  changes.apply("user", server.user, operation.user);
  changes.apply("seats", server.seats, operation.seats);
  changes.apply("logins", server.logins, operation.logins);
  changes.apply("term_s", server.term_s, operation.term_s);
  changes.apply("lock_delay_s", server.lock_delay_s, operation.lock_delay_s);
  changes.apply("offer_s", server.offer_s, operation.offer_s);
  changes.apply("log_off", server.log_off, operation.log_off);
  change_protocols(changes, server, operation);
  check_server(server);
  if (changes.text().empty()) return server_view(server);
  context.log(EventKind::server_edited, {subject(server.name)}, {.server = server.name, .changes = changes.text()});
  change_locks(context, Configure{lock_of(server)}, {server.name});
  put_server(context.connection(), server);
  if (operation.host || operation.port) forget_login_checks(context.connection(), server.name);
  return server_view(context.connection(), server);
}

}  // namespace

const OperationSpec EditServer::spec =
    describe_operation<EditServer, run>("server.edit", Role::admin, Access::write, fields);

}  // namespace gilir
