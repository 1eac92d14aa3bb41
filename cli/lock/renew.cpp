#include "core/operations/lock/renew.h"

#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/lock/hold_option.h"
#include "cli/output/output.h"
#include "cli/output/times.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "SERVER", .about = N_("the server")}};
constexpr OptionSpec options[] = {hold_option};
constexpr ExampleSpec examples[] = {
    {.command = "gilir lock renew kantor-123", .about = N_("yours for its full time again")},
    {.command = "gilir lock renew kantor-123 --hold 12", .about = N_("one of several that you took")},
};
constexpr ExitCodeSpec exit_codes[] = {{3, N_("you have no lock there from lock acquire")},
                                       {5, N_("you have several: name one with --hold")},
                                       {76, N_("it is over")}};
constexpr auto fields = field_names<RenewedView>;

int run(CommandContext& context) {
  RenewLock operation;
  operation.server = ServerName{context.arguments.required_word("SERVER")};
  operation.hold = hold_asked(context, operation.server);
  const auto renewed = DeskSession(context).perform(operation).holds.front();
  if (context.output.json(renewed)) return 0;
  context.output.line(
      phrase(_("{} stays yours for {}."), bold(operation.server.value), exact_duration_words(renewed.expires_in_s)));
  return 0;
}

}  // namespace

extern constexpr CommandSpec lock_renew{
    .path = "lock renew",
    .purpose = N_("Keep a server for the full time again."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .exit_codes = exit_codes,
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
