#include "core/operations/server/edit.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/lock_access.h"
#include "core/operations/named_changes.h"
#include "core/operations/server/machine.h"
#include "core/server/same_machine.h"
#include "core/server/server_table.h"

namespace gilir {
namespace {

constexpr std::array server_edit_fields{
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
    FieldSpec{"legacy", "whether SSH and RDP may use outdated algorithms there", 0},
    alias_of_field,
    different_from_field,
    addresses_field,
};

ServerLock configured_lock(const Server& server) {
  return {server.name, server.seats, server.logins, server.term_s, server.lock_delay_s, server.offer_s, Token{}};
}

// The desktop moves with a server that is nothing else.
void change_protocols(NamedChanges& changes, Server& server, const EditServer& operation) {
  auto asked = server;
  if (operation.protocols) {
    if (operation.protocols->empty()) throw invalid_field("protocols", "names no protocol");
    set_protocols(asked, *operation.protocols, static_cast<int>(operation.rdp_port.value_or(0)));
  } else if (operation.rdp_port) {
    set_protocols(asked, protocols_of(asked), static_cast<int>(*operation.rdp_port));
  } else if (!asked.ssh && operation.port) {
    asked.rdp_port = asked.port;
  }
  changes.apply("port", server.port, std::optional(asked.port));
  changes.apply("ssh", server.ssh, std::optional(asked.ssh));
  changes.apply("rdp_port", server.rdp_port, std::optional(asked.rdp_port));
}

void refuse_lock_settings(const EditServer& operation) {
  const auto refuse = [](std::string_view field, bool named) {
    if (!named) return;
    throw invalid_field(field, "belongs to the lock: change it at the server whose second name this is");
  };
  refuse("seats", operation.seats.has_value());
  refuse("logins", operation.logins.has_value());
  refuse("term_s", operation.term_s.has_value());
  refuse("lock_delay_s", operation.lock_delay_s.has_value());
  refuse("offer_s", operation.offer_s.has_value());
  refuse("protocols", operation.protocols.has_value());
  refuse("rdp_port", operation.rdp_port.has_value());
  refuse("log_off", operation.log_off.has_value());
  refuse("legacy", operation.legacy.has_value());
}

// Connections to it go elsewhere.
bool has_moved(const Server& before, const Server& after) {
  return before.host != after.host || before.addresses != after.addresses || before.port != after.port ||
         before.ssh != after.ssh || before.rdp_port != after.rdp_port;
}

// What is said about the machine is told like the other changes.
std::string settle(Context& context, Server& server, const EditServer& operation, const std::string& changes) {
  const bool moved = operation.host || operation.port || operation.protocols;
  const bool is_claim = operation.alias_of || !operation.different_from.empty();
  if (!is_claim && (!moved || changes.empty())) return changes;
  const auto more = settle_machine(context, server, {operation.alias_of, operation.different_from});
  return changes + (changes.empty() || more.empty() ? "" : " ") + more;
}

ServerView run(Context& context, const EditServer& operation) {
  const auto before = get_server(context.connection(), operation.name);
  auto server = before;
  const bool keeps_lock = server.alias_of.empty() && !operation.alias_of;
  if (!keeps_lock) refuse_lock_settings(operation);
  NamedChanges named;
  named.apply("host", server.host, operation.host);
  named.apply("port", server.port, operation.port);
  named.apply("user", server.user, operation.user);
  named.apply("seats", server.seats, operation.seats);
  named.apply("logins", server.logins, operation.logins);
  named.apply("term_s", server.term_s, operation.term_s);
  named.apply("lock_delay_s", server.lock_delay_s, operation.lock_delay_s);
  named.apply("offer_s", server.offer_s, operation.offer_s);
  named.apply("log_off", server.log_off, operation.log_off);
  named.apply("legacy", server.legacy, operation.legacy);
  change_protocols(named, server, operation);
  if (operation.host) server.addresses = address_list(operation.addresses);
  check_server(server);
  if (has_moved(before, server)) require_nobody_there(context, context.lock_of(server.name));
  const auto changes = settle(context, server, operation, named.text());
  if (!changes.empty()) {
    context.log(EventKind::server_edited, {subject(server.name)}, {.server = server.name, .changes = changes});
    if (server.alias_of.empty()) change_locks(context, Configure{configured_lock(server)}, {server.name});
  }
  put_server(context.connection(), server);
  if (operation.host || operation.port) forget_login_checks(context.connection(), context.lock_of(server.name));
  return server_view(context, server);
}

// What a host stands for changes by itself: no part of what is asked.
std::string payload_of_edit(const void* operation) {
  auto asked = *static_cast<const EditServer*>(operation);
  asked.addresses.clear();
  return to_json(asked);
}

}  // namespace

const OperationSpec EditServer::spec =
    with_payload(describe_operation<EditServer, run>("server.edit", Role::admin, Access::write, server_edit_fields),
                 payload_of_edit);

}  // namespace gilir
