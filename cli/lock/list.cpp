#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/list_page.h"
#include "cli/output/lock_words.h"
#include "core/operations/lock/show.h"

namespace gilir::cli::commands {
namespace {

constexpr OptionSpec options[] = {{.name = "all", .about = N_("also servers that nobody has or waits for")}};
constexpr ExampleSpec examples[] = {
    {.command = "gilir lock list", .about = N_("who has what now")},
    {.command = "gilir lock list --all", .about = N_("free servers too")},
};
constexpr auto fields = field_names<LockView>;

const Table<LockView>& table() {
  static const Table<LockView> columns{
      {{"server", N_("SERVER")}, [](const LockView& lock) { return Cell(lock.server); }},
      {{"seats_free", N_("FREE"), false, true},
       [](const LockView& lock) {
         return Cell(std::to_string(lock.seats_free) + "/" + std::to_string(lock.seats),
                     std::to_string(lock.seats_free));
       }},
      {{.field = "holders", .title = N_("HELD BY"), .main = true},
       [](const LockView& lock) { return Cell(lock_summary(lock)); }},
      {{.field = "level", .title = N_("KIND"), .spare = 1},
       [](const LockView& lock) { return Cell(enum_name(lock.level)); }},
  };
  return columns;
}

int run(CommandContext& context) {
  ListLocks operation;
  operation.all = context.arguments.flag("all");
  operation.after = name_after<ServerName>(context.arguments);
  operation.limit = rows_asked(context.arguments);
  operation.count = context.arguments.flag("count");
  const auto page = DeskSession(context).perform(operation);
  context.output.list(table(), page.locks, page_of(page, page.locks.empty() ? "" : page.locks.back().server.value),
                      _("Nobody has a server or waits for one."));
  return 0;
}

}  // namespace

extern constexpr CommandSpec lock_list{
    .path = "lock list",
    .purpose = N_("List who has servers and who waits."),
    .options = options,
    .examples = examples,
    .takes = {.list = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
