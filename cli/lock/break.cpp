#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/output/message.h"
#include "cli/session/asking.h"
#include "core/operations/lock/ask.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "SERVER", .about = N_("the server")}};
constexpr OptionSpec options[] = {lease_option, now_option};
constexpr ExampleSpec examples[] = {
    {.command = "gilir lock break kantor-123 --lease 7 -m 'The office is closed'",
     .about = N_("free in half a minute")},
    {.command = "gilir lock break kantor-123 --lease 7 --now -m 'Budi is ill'",
     .about = N_("for supervisors: at once")},
};
constexpr auto fields = field_names<DemandView>;

int run(CommandContext& context) {
  BreakLock operation;
  operation.server = ServerName{context.arguments.required_word("SERVER")};
  operation.lease = lease_named(context.arguments);
  operation.at_once = context.arguments.flag("now");
  auto message = Message::read(context);
  operation.reason = message.text();
  const auto asked = DeskSession(context).perform(operation);
  message.saved();
  if (context.output.json(asked.demand)) return 0;
  const auto& demand = asked.demand;
  if (asked.cut)
    context.output.line(phrase(_("{}'s lock on {} is broken."), bold(demand.holder.value), bold(demand.server.value)));
  else
    context.output.line(phrase(_("{} is told; the lock on {} ends in {}."), bold(demand.holder.value),
                               bold(demand.server.value), duration_words(demand.expires_in_s)));
  return 0;
}

}  // namespace

extern constexpr CommandSpec lock_break{
    .path = "lock break",
    .purpose = N_("Free a server that somebody else has, for the next in line."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .exit_codes = asking_codes,
    .takes = {.change = true, .message = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
