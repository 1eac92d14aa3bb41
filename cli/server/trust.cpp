#include "cli/server/trust.h"

#include "cli/server/machine_options.h"
#include "cli/server/server_options.h"
#include "core/operations/server/server_view.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "SERVER", .about = N_("the server")}};
constexpr OptionSpec options[] = {
    alias_of_option,
    {.name = "check", .about = N_("only look whether it shows what is pinned; for everybody")},
    different_from_option,
    {.name = "key",
     .value = Value::required,
     .value_name = "FILE|LINE",
     .about = N_("its public host key: a file, - for standard input, or the line itself; with --rdp its certificate: a "
                 "file, -, its SHA-256, or the word authority; without it the key is fetched and shown")},
    {.name = "rdp", .about = N_("the certificate that it shows over RDP, not its SSH key")},
    {.name = "replace", .about = N_("also when another one is pinned")},
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir server trust kantor-123", .about = N_("fetch its key, compare it, pin it")},
    {.command = "gilir server trust kantor-123 --rdp", .about = N_("its desktop's certificate, likewise")},
};
constexpr ExitCodeSpec exit_codes[] = {
    {5, N_("another one is pinned, or another server has this one: say --alias-of or --different-from")},
    {255, N_("it cannot be reached, or shows another one than --check expects")}};
constexpr auto fields = field_names<ServerView>;

}  // namespace

extern constexpr CommandSpec server_trust{
    .path = "server trust",
    .purpose = N_("Pin a server's host key, or its desktop's certificate; for admins."),
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
