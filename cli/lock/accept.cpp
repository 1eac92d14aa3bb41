#include "cli/arguments.h"
#include "cli/lock/taken.h"
#include "cli/output/output.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "SERVER", .about = N_("the server")}};
constexpr OptionSpec options[] = {ticket_option, for_option};
constexpr ExampleSpec examples[] = {
    {.command = "gilir lock accept kantor-123", .about = N_("yours, with the tickets, when its holder is out")},
    {.command = "gilir lock accept kantor-123 --for 2h", .about = N_("for two hours")},
};
constexpr ExitCodeSpec exit_codes[] = {{3, N_("nobody hands it over to you")}};
constexpr auto fields = field_names<LeaseView>;

int run(CommandContext& context) {
  SignalSet signals;
  auto operation = request_of_this_process({context.arguments.required_word("SERVER")}, HoldKind::timed);
  operation.ticket = context.arguments.ticket("ticket");
  operation.wait = true;
  operation.accept = true;
  return take_by_hand(context, std::move(operation), signals);
}

}  // namespace

extern constexpr CommandSpec lock_accept{
    .path = "lock accept",
    .purpose = N_("Take a server that its holder hands over to you."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.change = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
