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
};

ServerView run(Context& context, const CheckServer& operation) {
  const auto server = get_server(context.connection(), operation.name);
  put_login_check(context.connection(),
                  {server.name, operation.login, operation.ending, context.now().wall, context.caller().name});
  const auto found = "end of sessions of " + operation.login + ": " + std::string(enum_name(operation.ending));
  context.log(EventKind::server_edited, {subject(server.name)}, {.server = server.name, .changes = found});
  return server_view(context, server);
}

}  // namespace

const OperationSpec CheckServer::spec =
    describe_operation<CheckServer, run>("server.check", Role::admin, Access::write, server_check_fields);

}  // namespace gilir
