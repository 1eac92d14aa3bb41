#include <map>

#include "cli/desk_session.h"
#include "cli/list_page.h"
#include "cli/output/lock_words.h"
#include "cli/server/server_options.h"
#include "core/operations/lock/show.h"
#include "core/operations/server/show.h"

namespace gilir::cli::commands {
namespace {

constexpr ExampleSpec examples[] = {
    {.command = "gilir server list", .about = N_("the servers of the desk")},
    {.command = "gilir server list --json=name,host,port", .about = N_("for a script")},
};
// A server, and how its lock stands.
struct ServerRow : ServerView {
  std::vector<AgentName> held_by;
  // The same for people, with what for and who waits.
  std::string lock;
};
BOOST_DESCRIBE_STRUCT(ServerRow, (ServerView), (held_by))

constexpr auto fields = field_names<ServerRow>;

std::string held_by_words(const ServerRow& server) {
  std::string names;
  for (const auto& agent : server.held_by) names.append(names.empty() ? "" : ",").append(agent.value);
  return names;
}

// Its own name, with the one that its lock has.
Cell server_cell(const ServerView& server) {
  if (!server.alias_of) return Cell(server.name);
  return Cell(server.name.value + " = " + server.alias_of->value, server.name.value);
}

const Table<ServerRow>& table() {
  static const Table<ServerRow> columns{
      {{"name", N_("SERVER")}, [](const ServerRow& server) { return server_cell(server); }},
      {{.field = "address", .title = N_("ADDRESS"), .main = true},
       [](const ServerRow& server) { return Cell(address_words(server.host, server.port)); }},
      {{"user", N_("USER")}, [](const ServerRow& server) { return Cell(server.user); }},
      {{"seats", N_("AT ONCE"), false, true}, [](const ServerRow& server) { return Cell(server.seats); }},
      {{.field = "logins", .title = N_("SESSIONS"), .right = true, .spare = 1},
       [](const ServerRow& server) { return Cell(logins_words(server.logins), std::to_string(server.logins)); }},
      {{.field = "level", .title = N_("KIND"), .spare = 3},
       [](const ServerRow& server) { return Cell(enum_name(server.level)); }},
      {{.field = "fingerprint", .title = N_("HOST KEY"), .flexible = true, .spare = 2},
       [](const ServerRow& server) {
         const bool is_needed = has_protocol(server, Protocol::ssh) || server.certificate.empty();
         if (!server.fingerprint.empty() || !is_needed) return Cell(server.fingerprint);
         return Cell(warning(_("not pinned")), "");
       }},
      {{.field = "held_by", .title = N_("HELD BY"), .flexible = true},
       [](const ServerRow& server) { return Cell(server.lock, held_by_words(server)); }},
  };
  return columns;
}

// A server that was added or removed between the two reads has no lock here, or no row.
std::vector<ServerRow> with_locks(DeskSession& desk, const ListServers& asked, std::vector<ServerView>& servers) {
  std::map<ServerName, LockView> locks;
  for (auto& lock : desk.perform(ListLocks{true, asked.after, asked.limit, false}).locks)
    locks.try_emplace(lock.server, std::move(lock));
  std::vector<ServerRow> rows;
  for (auto& server : servers) {
    ServerRow row{std::move(server), {}, {}};
    const auto& name = row.alias_of ? *row.alias_of : row.name;
    // The lock of a second name may stand on another page.
    if (row.alias_of && !locks.contains(name)) locks.try_emplace(name, desk.perform(ShowLock{name}));
    if (const auto lock = locks.find(name); lock != locks.end()) {
      for (const auto& holder : lock->second.holders) row.held_by.push_back(holder.agent);
      row.lock = lock_summary(lock->second);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

int run(CommandContext& context) {
  ListServers operation;
  operation.after = name_after<ServerName>(context.arguments);
  operation.limit = rows_asked(context.arguments);
  operation.count = context.arguments.flag("count");
  DeskSession desk(context);
  auto page = desk.perform(operation);
  context.output.list(table(), with_locks(desk, operation, page.servers),
                      page_of(page, page.servers.empty() ? "" : page.servers.back().name.value),
                      _("No servers yet. Add one with gilir server add NAME --address HOST."));
  return 0;
}

}  // namespace

extern constexpr CommandSpec server_list{
    .path = "server list",
    .purpose = N_("List the servers of the desk."),
    .examples = examples,
    .takes = {.list = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
