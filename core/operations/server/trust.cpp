#include "core/operations/server/trust.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/server/machine.h"
#include "core/server/certificate_pin.h"
#include "core/server/pinned_key.h"
#include "core/server/server_table.h"

namespace gilir {
namespace {

constexpr std::int64_t longest_key = 8192;
constexpr std::int64_t longest_certificate = 64 * 1024;

constexpr std::array server_trust_fields{
    FieldSpec{"name", "the server", max_name_bytes},
    FieldSpec{"host_key", "its public key: type and base64, as in known_hosts", longest_key},
    FieldSpec{"replace", "also when another one is pinned", 0},
    FieldSpec{"certificate", "instead of a key: the SHA-256 of its RDP certificate", longest_certificate},
    alias_of_field,
    different_from_field,
};

bool is_claim(const TrustServer& operation) {
  return operation.alias_of || !operation.different_from.empty();
}

void log_trust(Context& context, EventFacts facts, const std::string& changes) {
  if (!changes.empty()) facts.changes = changes;
  const auto name = *facts.server;
  context.log(EventKind::server_trusted, {subject(name)}, std::move(facts));
}

// A second name has its own key, or that of its lock's server.
std::string key_that_counts(Context& context, const Server& server) {
  if (!server.host_key.empty()) return server.host_key;
  return get_server(context.connection(), context.lock_of(server.name)).host_key;
}

// One machine has one certificate: it stands with the lock, whatever name it was pinned by.
ServerView trust_certificate(Context& context, Server named, const TrustServer& operation) {
  auto& connection = context.connection();
  const auto pin = read_certificate_pin(operation.certificate);
  std::string changes;
  if (is_claim(operation)) {
    changes = settle_machine(context, named, {operation.alias_of, operation.different_from});
    put_server(connection, named);
  }
  auto server = get_server(connection, context.lock_of(named.name));
  if (server.certificate == pin && changes.empty()) return server_view(context, named);
  if (!server.certificate.empty() && server.certificate != pin && !operation.replace) {
    throw Error(ErrorCode::exists)
        .with("kind", "certificate")
        .with("name", server.name)
        .with("fingerprint", pin)
        .with("expected", server.certificate);
  }
  if (!server.certificate.empty() && server.certificate != pin) require_nobody_there(context, server.name);
  server.certificate = pin;
  settle_machine(context, server, {});
  if (server.rdp_port == 0) server.rdp_port = usual_rdp_port;
  put_server(connection, server);
  log_trust(context, {.server = named.name, .kind = "certificate", .fingerprint = pin}, changes);
  return server_view(context, get_server(connection, named.name));
}

ServerView run(Context& context, const TrustServer& operation) {
  auto server = get_server(context.connection(), operation.name);
  if (!operation.certificate.empty()) return trust_certificate(context, std::move(server), operation);
  const auto key = read_pinned_key(operation.host_key);
  if (server.host_key == key.line && !is_claim(operation)) return server_view(context, server);
  if (!server.host_key.empty() && server.host_key != key.line && !operation.replace) {
    throw Error(ErrorCode::exists)
        .with("kind", "host_key")
        .with("name", server.name)
        .with("fingerprint", key.fingerprint)
        .with("expected", pinned_fingerprint(server));
  }
  const auto pinned = key_that_counts(context, server);
  if (!pinned.empty() && pinned != key.line) require_nobody_there(context, context.lock_of(server.name));
  server.host_key = key.line;
  const auto changes = settle_machine(context, server, {operation.alias_of, operation.different_from});
  put_server(context.connection(), server);
  forget_login_checks(context.connection(), context.lock_of(server.name));
  log_trust(context, {.server = server.name, .fingerprint = key.fingerprint}, changes);
  return server_view(context, server);
}

}  // namespace

const OperationSpec TrustServer::spec =
    describe_operation<TrustServer, run>("server.trust", Role::admin, Access::write, server_trust_fields);

}  // namespace gilir
