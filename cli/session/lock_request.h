// What `lock acquire`, `ssh` and `with` have in common: their options, asking for the lock, and what is said
// while waiting in line.
#pragma once

#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/desk_session.h"
#include "cli/session/run_outcome.h"
#include "core/desk/turn_taking.h"
#include "core/process/signal_set.h"

namespace gilir::cli {

inline constexpr OptionSpec ticket_option{
    .name = "ticket", .letter = 0, .value = Value::required, .value_name = "N", .about = N_("the ticket it is for")};
inline constexpr OptionSpec reason_option{.name = "reason",
                                          .letter = 0,
                                          .value = Value::required,
                                          .value_name = "TEXT",
                                          .about = N_("what it is for, when there is no ticket")};
inline constexpr OptionSpec wait_option{
    .name = "wait",
    .letter = 0,
    .value = Value::optional,
    .value_name = "D",
    .about = N_("stand in line when it is held, and wait for your own session there, for as long as D")};
inline constexpr OptionSpec exclusive_option{.name = "exclusive", .about = N_("refuse when you have it already")};
inline constexpr OptionSpec held_exit_option{.name = "held-exit",
                                             .letter = 0,
                                             .value = Value::required,
                                             .value_name = "CODE",
                                             .default_text = "75",
                                             .about = N_("exit with CODE when it is held")};
inline constexpr OptionSpec outcome_option{.name = "outcome",
                                           .letter = 0,
                                           .value = Value::required,
                                           .value_name = "FILE",
                                           .about = N_("write how it went to FILE, as JSON")};

inline constexpr ExitCodeSpec held_code{.code = 75, .about = N_("somebody else has it, or the wait ran out")};
inline constexpr ExitCodeSpec lost_code{.code = 76, .about = N_("the lock was lost while in use")};
inline constexpr ExitCodeSpec wait_over_code{
    .code = 5, .about = N_("the ticket was merged or resolved while waiting, or waiting would never end")};

// One that says who asks and for what, without options.
AcquireLock request_of_this_process(const std::vector<std::string>& servers, HoldKind kind);
// The operation that the options ask for. `servers` are names.
AcquireLock lock_request(const CommandContext& context, const std::vector<std::string>& servers, HoldKind kind);

// Asks for the lock, for the caller's only open ticket there when the operation says neither ticket nor reason; when
// the operation says so stands in line or waits for the caller's own session there, at most for `patience`, and says so
// on stderr. Says when the ticket that counts is another one, because the one named was merged. A person at a terminal
// who finds the server held is asked what to do.
Turn take_turn(CommandContext& context, DeskSession& desk, AcquireLock operation, SignalSet& signals,
               std::optional<Milliseconds> patience);

// The first of HUP, INT, QUIT and TERM that has arrived; stops this process for a TSTP.
std::optional<int> take_ending_signal(SignalSet& signals);

// Runs `body` and makes the exit code of what it returns: 76 when the lock was lost, else the status. Writes
// --outcome in either case, also before a refusal is thrown on; --held-exit stands in for 75. A file that cannot be
// written is refused before `body` runs.
int exit_code_of_run(CommandContext& context, RunOutcome (*body)(CommandContext&));

// A refusal's exit code with --held-exit applied; shows the error. For commands that run nothing.
int show_refusal(CommandContext& context, const Error& error);

}  // namespace gilir::cli
