#include "core/operations/lock/show.h"

#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/output/lock_words.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "SERVER", .about = N_("the server")}};
constexpr ExampleSpec examples[] = {
    {.command = "gilir lock show kantor-123", .about = N_("who holds it, for what, and who waits")},
    {.command = "gilir lock show kantor-123 --json=holders", .about = N_("for a script")},
};
constexpr auto fields = field_names<LockView>;

int run(CommandContext& context) {
  DeskSession desk(context);
  const auto lock = desk.perform(ShowLock{ServerName{context.arguments.required_word("SERVER")}});
  if (context.output.json(lock)) return 0;
  show_lock(context.output, lock, context.clock.now().wall);
  context.output.line(dim(plain_text(phrase(_("desk: {}"), desk.desk().address()))));
  return 0;
}

}  // namespace

extern constexpr CommandSpec lock_show{
    .path = "lock show",
    .purpose = N_("Show who holds a server, for what, and who waits."),
    .positionals = positionals,
    .examples = examples,
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
