#include "cli/arguments.h"
#include "cli/lock/taken.h"
#include "cli/output/message.h"
#include "cli/output/output.h"
#include "cli/session/asking.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "SERVER", .about = N_("the server")}};
constexpr OptionSpec options[] = {lease_option, now_option, ticket_option, for_option};
constexpr ExampleSpec examples[] = {
    {.command = "gilir lock steal kantor-123 --lease 7 --ticket 42 -m 'Budi is out'",
     .about = N_("yours when the holder is out")},
    {.command = "gilir lock steal kantor-123 --lease 7 --now -m 'It burns'",
     .about = N_("for supervisors: without a warning")},
};
constexpr ExitCodeSpec exit_codes[] = {{5, N_("that lock is over, or its holder was asked before")}};
constexpr auto fields = field_names<LeaseView>;

int run(CommandContext& context) {
  auto message = Message::read(context);
  SignalSet signals;
  auto operation = request_of_this_process({context.arguments.required_word("SERVER")}, HoldKind::timed);
  operation.ticket = context.arguments.ticket("ticket");
  operation.wait = true;
  operation.steal = lease_named(context.arguments);
  operation.at_once = context.arguments.flag("now");
  operation.reason = message.text();
  const int code = take_by_hand(context, std::move(operation), signals);
  message.saved();
  return code;
}

}  // namespace

extern constexpr CommandSpec lock_steal{
    .path = "lock steal",
    .purpose = N_("Take a server over from somebody else, before the line."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.change = true, .message = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
