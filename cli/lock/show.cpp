#include "core/operations/lock/show.h"

#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/output/lock_words.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "SERVER", .about = N_("the server")}};
constexpr OptionSpec options[] = {
    {.name = "details", .about = N_("also the numbers behind it, which gilir help locks explains")}};
constexpr ExampleSpec examples[] = {
    {.command = "gilir lock show kantor-123", .about = N_("who has it, for what, and who waits")},
    {.command = "gilir lock show kantor-123 --details", .about = N_("leases, tokens and how long each still lasts")},
};
constexpr auto fields = field_names<LockView>;

int run(CommandContext& context) {
  DeskSession desk(context);
  const auto lock = desk.perform(ShowLock{ServerName{context.arguments.required_word("SERVER")}});
  if (context.output.json(lock)) return 0;
  auto& output = context.output;
  show_lock(output, lock, desk_now(context), context.arguments.flag("details"));
  for (const auto& holder : lock.holders) {
    if (holder.agent == desk.call().caller) continue;
    output.line(dim(plain_text(
        phrase(_("To ask {} for it: gilir lock knock {} -m WHY. To end it: gilir lock break {} --lease {} -m WHY"),
               holder.agent, lock.server, lock.server, holder.lease.value))));
  }
  output.line(dim(plain_text(phrase(_("desk: {}"), desk.desk().address()))));
  return 0;
}

}  // namespace

extern constexpr CommandSpec lock_show{
    .path = "lock show",
    .purpose = N_("Show who has a server, for what, and who waits."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
