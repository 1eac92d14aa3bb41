#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/desk_session.h"
#include "cli/output/output.h"
#include "cli/session/lock_request.h"
#include "cli/usage_error.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {
    {.name = "SERVER", .about = N_("the servers; several are given together or not at all"), .count = Count::many}};
constexpr OptionSpec options[] = {
    ticket_option,
    reason_option,
    {.name = "for", .value = Value::required, .value_name = "D", .default_text = "30m",
     .about = N_("how long you keep it unless you renew")},
    wait_option,
    exclusive_option,
    held_exit_option,
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir lock acquire kantor-123 --ticket 41 --for 1h", .about = N_("an hour at the server, for #41")},
    {.command = "gilir lock acquire app-1 db-1 --reason 'move the database' --wait=10m",
     .about = N_("both or neither, waiting up to ten minutes")},
};
constexpr ExitCodeSpec exit_codes[] = {held_code, wait_over_code};
constexpr auto fields = field_names<LeaseView>;

constexpr Seconds usual_duration{30 * 60};

void show(Output& output, const LeaseView& lease) {
  output.line(phrase(lease.shared ? _("You have {} already; this is one more hold on it (hold {}, token {}).")
                                  : _("{} is yours (hold {}, token {})."),
                     bold(lease.server.value), lease.hold.value, lease.token.value));
}

int run(CommandContext& context) {
  SignalSet signals;
  auto operation = lock_request(context, context.arguments.words("SERVER"), HoldKind::timed);
  if (!operation.ticket && operation.reason.empty()) {
    throw usage_error(std::string_view(_("--ticket N or --reason TEXT must say what it is for")));
  }
  operation.duration_s = context.arguments.duration("for").value_or(usual_duration);
  DeskSession desk(context);
  try {
    const auto turn = take_turn(context, desk, operation, signals);
    const auto& leases = turn.acquired.leases;
    if (leases.size() == 1 ? context.output.json(leases.front()) : context.output.json(leases)) return 0;
    for (const auto& lease : leases) show(context.output, lease);
    context.output.note(dim(_("Give it back with: gilir lock release SERVER")));
    return 0;
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
