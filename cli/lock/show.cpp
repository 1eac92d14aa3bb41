#include "core/operations/lock/show.h"

#include <algorithm>

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

// A knock that names no lease asks whoever has been there the longest.
std::string ways_in(const LockView& lock, const HolderView& holder, bool only_one) {
  const auto lease = holder.lease.value;
  if (only_one) {
    return plain_text(
        phrase(_("To ask {} for it: gilir lock knock {} -m WHY. To end it: gilir lock break {} --lease {} -m WHY"),
               holder.agent, lock.server, lock.server, lease));
  }
  return plain_text(phrase(
      _("To ask {} for it: gilir lock knock {} --lease {} -m WHY. To end it: gilir lock break {} --lease {} -m WHY"),
      holder.agent, lock.server, lease, lock.server, lease));
}

int run(CommandContext& context) {
  DeskSession desk(context);
  const auto lock = desk.perform(ShowLock{ServerName{context.arguments.required_word("SERVER")}});
  if (context.output.json(lock)) return 0;
  auto& output = context.output;
  show_lock(output, lock, desk_now(context), context.arguments.flag("details"));
  const auto is_other = [&](const HolderView& holder) { return holder.agent != desk.call().caller; };
  const bool only_one = std::ranges::count_if(lock.holders, is_other) == 1;
  for (const auto& holder : lock.holders) {
    if (is_other(holder)) output.line(dim(ways_in(lock, holder, only_one)));
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
