#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/lock/taken.h"
#include "cli/output/output.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {
    {.name = "SERVER", .about = N_("the servers; several are given together or not at all"), .count = Count::many}};
constexpr OptionSpec options[] = {
    ticket_option, reason_option, for_option, wait_option, exclusive_option, held_exit_option,
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir lock acquire kantor-123 --ticket 41 --for 1h", .about = N_("an hour at the server, for #41")},
    {.command = "gilir lock acquire app-1 db-1 --reason 'move the database' --wait=10m",
     .about = N_("both or neither, waiting up to ten minutes")},
};
constexpr ExitCodeSpec exit_codes[] = {held_code, wait_over_code};
constexpr auto fields = field_names<LeaseView>;

int run(CommandContext& context) {
  SignalSet signals;
  auto operation = lock_request(context, context.arguments.words("SERVER"), HoldKind::timed);
  try {
    return take_by_hand(context, std::move(operation), signals, context.arguments.duration("wait"));
  } catch (const Error& error) {
    if (exit_code(error.code()) != exit_code(ErrorCode::held)) throw;
    return show_refusal(context, error);
  }
}

}  // namespace

extern constexpr CommandSpec lock_acquire{
    .path = "lock acquire",
    .purpose = N_("Take a server's lock for a while."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .exit_codes = exit_codes,
    .takes = {.change = true},
    .fields = fields,
    .run = run,
};

}  // namespace gilir::cli::commands
