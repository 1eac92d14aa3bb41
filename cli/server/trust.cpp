#include "cli/server/trust.h"

#include "cli/server/server_options.h"
#include "core/operations/server/server_view.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "SERVER", .about = N_("the server")}};
constexpr OptionSpec options[] = {
    {.name = "key",
     .value = Value::required,
     .value_name = "FILE|LINE",
     .about = N_("its public host key: a file, - for standard input, or the line itself; without it the key is fetched "
                 "and shown")},
    {.name = "replace", .about = N_("also when another key is pinned")},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir server trust kantor-123", .about = N_("fetch its key, compare it, pin it")},
    {.command = "gilir server trust kantor-123 --key 'ssh-ed25519 AAAA...' --replace", .about = N_("it has a new key")},
};
constexpr ExitCodeSpec exit_codes[] = {{5, N_("another key is pinned")}};
constexpr auto fields = field_names<ServerView>;

}  // namespace

extern constexpr CommandSpec server_trust{
    .path = "server trust",
    .purpose = N_("Pin a server's host key; for admins."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .exit_codes = exit_codes,
    .needs = Needs::ssh,
    .takes = {.change = true},
    .fields = fields,
    .run = run_server_trust,
};

}  // namespace gilir::cli::commands
