#include "cli/ssh.h"

#include "cli/session/lock_request.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {{.name = "SERVER", .about = N_("the server")}};
constexpr OptionSpec options[] = {
    ticket_option,
    reason_option,
    wait_option,
    exclusive_option,
    {.name = "identity",
     .letter = 'i',
     .value = Value::required,
     .value_name = "FILE",
     .about = N_("a private key to log in with"),
     .repeatable = true},
    {.name = "tty", .letter = 't', .about = N_("give the command a terminal")},
    {.name = "no-tty", .letter = 'T', .about = N_("give it none")},
    {.name = "no-stdin", .letter = 'n', .about = N_("send it no input")},
    held_exit_option,
    outcome_option,
};
constexpr ExampleSpec examples[] = {
    {.command = "gilir ssh kantor-123 --ticket 41", .about = N_("a shell there, under the lock")},
    {.command = "gilir ssh kantor-123 --ticket 41 --wait systemctl restart cups",
     .about = N_("one command, when it is your turn")},
};
constexpr ExitCodeSpec exit_codes[] = {held_code,
                                       lost_code,
                                       wait_over_code,
                                       {.code = 255, .about = N_("could not connect, log in or verify the host key")}};

}  // namespace

extern constexpr CommandSpec ssh{
    .path = "ssh",
    .purpose = N_("Take a server's lock, log in, give the lock back."),
    .about =
        N_("In a terminal, ~. at the start of a line ends the connection, also when the server does not answer; gilir "
           "then ends with 255. ~~ types one ~."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .exit_codes = exit_codes,
    .needs = Needs::ssh,
    .tail = Tail::after_positionals,
    .run = run_ssh,
};

}  // namespace gilir::cli::commands
