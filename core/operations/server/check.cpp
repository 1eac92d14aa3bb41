#include "core/operations/server/check.h"

#include <array>

#include "core/operations/describe_operation.h"
#include "core/server/server_table.h"

namespace gilir {
namespace {

constexpr std::array server_check_fields{
    FieldSpec{"name", "the server", max_name_bytes},
    FieldSpec{"login", "as who it was tried", max_user_bytes},
    FieldSpec{"ending", "whether it can be confirmed that a session is over, or why not", 0},
    FieldSpec{"host", "where it was tried", max_name_bytes * 4},
    FieldSpec{"port", "of its SSH there", highest_port},
    FieldSpec{"host_key", "the key that it showed", 8192},
};

// What is found by any of its names is the machine's.
ServerView run(Context& context, const CheckServer& operation) {
  const auto server = get_server(context.connection(), operation.name);
  const auto now = server_view(context, server);
  if (operation.host != now.host || operation.port != now.port || operation.host_key != now.host_key)
    throw Error(ErrorCode::version_moved).with("server", operation.name);
  const auto machine = context.lock_of(server.name);
  put_login_check(context.connection(),
                  {machine, operation.login, operation.ending, context.now().wall, context.caller().name});
  const auto found = "end of sessions of " + operation.login + ": " + std::string(enum_name(operation.ending));
  context.log(EventKind::server_edited, {subject(machine)}, {.server = machine, .changes = found});
  return server_view(context, server);
}

}  // namespace

const OperationSpec CheckServer::spec =
    describe_operation<CheckServer, run>("server.check", Role::admin, Access::write, server_check_fields);

}  // namespace gilir
