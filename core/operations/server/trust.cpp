#include "core/operations/server/trust.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/server/certificate_pin.h"
#include "core/server/pinned_key.h"
#include "core/server/server_table.h"

namespace gilir {
namespace {

constexpr std::int64_t longest_key = 8192;
constexpr std::int64_t longest_certificate = 64 * 1024;

constexpr std::array fields{
    FieldSpec{"name", "the server", max_name_bytes},
    FieldSpec{"host_key", "its public key: type and base64, as in known_hosts", longest_key},
    FieldSpec{"replace", "also when another one is pinned", 0},
    FieldSpec{"certificate", "instead of a key: the SHA-256 of its RDP certificate", longest_certificate},
};

ServerView trust_certificate(Context& context, Server server, const TrustServer& operation) {
  const auto pin = read_certificate_pin(operation.certificate);
  if (server.certificate == pin) return server_view(server);
  if (!server.certificate.empty() && !operation.replace) {
    throw Error(ErrorCode::exists)
        .with("kind", "certificate")
        .with("name", server.name)
        .with("fingerprint", pin)
        .with("expected", server.certificate);
  }
  server.certificate = pin;
  if (server.rdp_port == 0) server.rdp_port = usual_rdp_port;
  put_server(context.connection(), server);
  context.log(EventKind::server_trusted, {subject(server.name)},
              {.server = server.name, .kind = "certificate", .fingerprint = pin});
  return server_view(server);
}

ServerView run(Context& context, const TrustServer& operation) {
  auto server = get_server(context.connection(), operation.name);
  if (!operation.certificate.empty()) return trust_certificate(context, std::move(server), operation);
  const auto key = read_pinned_key(operation.host_key);
  if (server.host_key == key.line) return server_view(server);
  if (!server.host_key.empty() && !operation.replace) {
    throw Error(ErrorCode::exists)
        .with("kind", "host_key")
        .with("name", server.name)
        .with("fingerprint", key.fingerprint)
        .with("expected", pinned_fingerprint(server));
  }
  server.host_key = key.line;
  put_server(context.connection(), server);
  forget_login_checks(context.connection(), server.name);
  context.log(EventKind::server_trusted, {subject(server.name)},
              {.server = server.name, .fingerprint = key.fingerprint});
  return server_view(server);
}

}  // namespace

const OperationSpec TrustServer::spec =
    describe_operation<TrustServer, run>("server.trust", Role::admin, Access::write, fields);

}  // namespace gilir
