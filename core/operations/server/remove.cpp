#include "core/operations/server/remove.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/lock/lock_access.h"
#include "core/server/server_table.h"

namespace gilir {
namespace {

constexpr std::array fields{FieldSpec{"name", "the server", max_name_bytes}};

// Who has a seat there, or had the one that is ending.
std::string user_of(Context& context, const ServerName& server) {
  const auto locks = view_locks(context, {server});
  for (const auto& lease : locks.leases) {
    if (lease.server == server) return lease.agent.value;
  }
  for (const auto& mark : locks.unclosed) {
    if (mark.server == server) return mark.agent.value;
  }
  return {};
}

ServerView run(Context& context, const ForgetServer& operation) {
  const auto server = get_server(context.connection(), operation.name);
  const auto outcome = change_locks(context, RemoveServer{server.name}, {server.name});
  if (std::holds_alternative<InUse>(outcome)) {
    throw Error(ErrorCode::in_use)
        .with("kind", "server")
        .with("name", server.name)
        .with("by", user_of(context, server.name));
  }
  remove_server(context.connection(), server.name);
  forget_login_checks(context.connection(), server.name);
  context.log(EventKind::server_removed, {subject(server.name)}, {.server = server.name});
  return server_view(server);
}

}  // namespace

const OperationSpec ForgetServer::spec =
    describe_operation<ForgetServer, run>("server.remove", Role::admin, Access::write, fields);

}  // namespace gilir
