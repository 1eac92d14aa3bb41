#include "core/operations/lock/release.h"

#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/lock/hold_option.h"
#include "cli/output/output.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "SERVER", .about = N_("the server")}};
constexpr OptionSpec options[] = {hold_option};
constexpr ExampleSpec examples[] = {
    {.command = "gilir lock release kantor-123", .about = N_("give it back; the next in line has it")},
    {.command = "gilir lock release kantor-123 --hold 12", .about = N_("one of several that you took")},
};
constexpr ExitCodeSpec exit_codes[] = {{3, N_("you have no lock there from lock acquire")},
                                       {5, N_("you have several: name one with --hold")},
                                       {76, N_("it was over already")}};
constexpr auto fields = field_names<ReleasedHold>;

int run(CommandContext& context) {
  ReleaseLock operation;
  operation.server = ServerName{context.arguments.required_word("SERVER")};
  operation.hold = hold_asked(context, operation.server);
  const auto released = DeskSession(context).perform(operation);
  if (context.output.json(released)) return 0;
  const auto server = bold(released.server.value);
  context.output.line(
      released.lease_over
          ? phrase(_("{} is given back."), server)
          : phrase(_("Given back; you still have {} for something else: gilir lock show {}"), server, released.server));
  return 0;
}

}  // namespace

extern constexpr CommandSpec lock_release{
    .path = "lock release",
    .purpose = N_("Give a server back."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.change = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
