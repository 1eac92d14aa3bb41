#include "cli/server/check.h"

#include "cli/server/server_options.h"
#include "cli/session/lock_request.h"
#include "core/operations/server/server_view.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "SERVER", .about = N_("the server")}};
constexpr OptionSpec options[] = {
    {.name = "identity",
     .letter = 'i',
     .value = Value::required,
     .value_name = "FILE",
     .about = N_("a private key to log in with; a command that the server forces on that key runs once"),
     .repeatable = true},
    wait_option,
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir server check kantor-123", .about = N_("log in once, end what was started, look what is left")},
    {.command = "gilir server check kantor-123 --json=checks", .about = N_("the same, for a script")},
};
constexpr ExitCodeSpec exit_codes[] = {held_code, {255, N_("could not connect, log in or verify the host key")}};
constexpr auto fields = field_names<ServerView>;

}  // namespace

extern constexpr CommandSpec server_check{
    .path = "server check",
    .purpose =
        N_("Log in once and find out whether the end of a session can be confirmed there; a command that the server "
           "forces on every login runs once; for admins."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .exit_codes = exit_codes,
    .needs = Needs::ssh,
    .fields = fields,
    .run = run_server_check,
};

}  // namespace gilir::cli::commands
