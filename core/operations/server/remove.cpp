#include "core/operations/server/remove.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/operations/describe_operation.h"
#include "core/operations/lock_access.h"
#include "core/operations/server/machine.h"
#include "core/server/server_table.h"
#include "core/ticket/ticket_list.h"
#include "core/ticket/ticket_rules.h"

namespace gilir {
namespace {

constexpr std::size_t most_named_tickets = 10;

constexpr std::array server_remove_fields{
    FieldSpec{"name", "the server", max_name_bytes},
    FieldSpec{"force", "also while open tickets name it", 0},
};

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

void refuse_while_named(Context& context, const ServerName& server) {
  TicketFilter filter;
  filter.statuses = {open_statuses().begin(), open_statuses().end()};
  filter.now = context.now().wall;
  filter.server = server;
  filter.descending = false;
  filter.limit = most_named_tickets + 1;
  const auto tickets = list_tickets(context.connection(), filter);
  if (tickets.empty()) return;
  std::string names;
  for (std::size_t at = 0; at < std::min(tickets.size(), most_named_tickets); ++at)
    names += fmt::format("{}#{}", at == 0 ? "" : ", ", tickets[at].number.value);
  if (tickets.size() > most_named_tickets) names += ", …";
  throw Error(ErrorCode::in_use).with("kind", "server").with("name", server).with("tickets", names);
}

ServerView run(Context& context, const ForgetServer& operation) {
  auto server = get_server(context.connection(), operation.name);
  const auto view = server_view(context, server);
  // They have no lock but this one.
  if (!view.aliases.empty())
    throw Error(ErrorCode::in_use).with("kind", "server").with("name", server.name).with("by", view.aliases.front());
  if (!operation.force) refuse_while_named(context, server.name);
  if (!server.alias_of.empty()) leave_lock(context, server);
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
  return view;
}

}  // namespace

const OperationSpec ForgetServer::spec =
    describe_operation<ForgetServer, run>("server.remove", Role::admin, Access::write, server_remove_fields);

}  // namespace gilir
