#include "core/operations/server/add.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/server/machine.h"
#include "core/server/same_machine.h"
#include "core/server/server_table.h"

namespace gilir {
namespace {

constexpr std::array server_add_fields{
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
    alias_of_field,
    different_from_field,
    addresses_field,
};

Server server_asked(const AddServer& operation) {
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
  server.addresses = address_list(operation.addresses);
  return server;
}

void take_from(Server& server, const Server& main) {
  if (server.host.empty()) {
    server.host = main.host;
    server.port = main.port;
    server.addresses = main.addresses;
  }
  if (server.user.empty()) server.user = main.user;
  server.seats = main.seats;
  server.logins = main.logins;
  server.term_s = main.term_s;
  server.lock_delay_s = main.lock_delay_s;
  server.offer_s = main.offer_s;
  server.level = main.level;
  take_protocols(server, main);
}

ServerView run(Context& context, const AddServer& operation) {
  auto server = server_asked(operation);
  server.added = context.now().wall;
  if (operation.alias_of) take_from(server, get_server(context.connection(), *operation.alias_of));
  check_server(server);
  if (find_server(context.connection(), server.name)) {
    throw Error(ErrorCode::exists).with("kind", "server").with("name", server.name);
  }
  const auto changes = settle_machine(context, server, {operation.alias_of, operation.different_from});
  put_server(context.connection(), server);
  EventFacts facts{.server = server.name, .host = server.host};
  if (!changes.empty()) facts.changes = changes;
  context.log(EventKind::server_added, {subject(server.name)}, std::move(facts));
  return server_view(context, server);
}

// What a host stands for changes by itself: no part of what is asked.
std::string payload_of_add(const void* operation) {
  auto asked = *static_cast<const AddServer*>(operation);
  asked.addresses.clear();
  return to_json(asked);
}

}  // namespace

const OperationSpec AddServer::spec = with_payload(
    describe_operation<AddServer, run>("server.add", Role::admin, Access::write, server_add_fields), payload_of_add);

}  // namespace gilir
