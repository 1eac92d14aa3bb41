#include "cli/desk_session.h"
#include "cli/list_page.h"
#include "cli/server/server_options.h"
#include "core/operations/server/show.h"

namespace gilir::cli::commands {
namespace {

constexpr ExampleSpec examples[] = {
    {.command = "gilir server list", .about = N_("the servers of the desk")},
    {.command = "gilir server list --json=name,host,port", .about = N_("for a script")},
};
constexpr auto fields = field_names<ServerView>;

const Table<ServerView>& table() {
  static const Table<ServerView> columns{
      {{"name", N_("SERVER")}, [](const ServerView& server) { return Cell(server.name); }},
      {{.field = "address", .title = N_("ADDRESS"), .main = true},
       [](const ServerView& server) { return Cell(address_words(server.host, server.port)); }},
      {{"user", N_("LOGIN")}, [](const ServerView& server) { return Cell(server.user); }},
      {{"seats", N_("SEATS"), false, true}, [](const ServerView& server) { return Cell(server.seats); }},
      {{.field = "logins", .title = N_("LOGINS"), .right = true, .spare = 1},
       [](const ServerView& server) { return Cell(logins_words(server.logins), std::to_string(server.logins)); }},
      {{.field = "level", .title = N_("LEVEL"), .spare = 3},
       [](const ServerView& server) { return Cell(enum_name(server.level)); }},
      {{.field = "fingerprint", .title = N_("HOST KEY"), .flexible = true, .spare = 2},
       [](const ServerView& server) {
         return server.fingerprint.empty() ? Cell(warning(_("not pinned")), "") : Cell(server.fingerprint);
       }},
  };
  return columns;
}

int run(CommandContext& context) {
  ListServers operation;
  operation.after = name_after<ServerName>(context.arguments);
  operation.limit = rows_asked(context.arguments);
  operation.count = context.arguments.flag("count");
  const auto page = DeskSession(context).perform(operation);
  context.output.list(table(), page.servers, page_of(page, page.servers.empty() ? "" : page.servers.back().name.value),
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
