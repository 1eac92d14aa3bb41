#include "cli/session/lock_request.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <climits>
#include <csignal>
#include <string_view>

#include "cli/arguments.h"
#include "cli/environment.h"
#include "cli/output/error_words.h"
#include "cli/output/known_words.h"
#include "cli/output/output.h"
#include "cli/output/style.h"
#include "cli/output/translate.h"
#include "cli/program.h"
#include "cli/session/held_question.h"
#include "cli/session/lock_kept.h"
#include "cli/session/outcome_file.h"
#include "cli/usage_error.h"
#include "core/base/text.h"
#include "core/operations/ticket/list.h"
#include "core/process/process_group.h"

namespace gilir::cli {
namespace {

std::string host_name() {
  std::array<char, HOST_NAME_MAX + 1> name{};
  gethostname(name.data(), name.size() - 1);
  return replace_invalid_utf8(name.data());
}

std::string terminal_name() {
  std::array<char, 64> name{};
  for (const int descriptor : {STDIN_FILENO, STDERR_FILENO, STDOUT_FILENO}) {
    if (ttyname_r(descriptor, name.data(), name.size()) == 0) return name.data();
  }
  return {};
}

std::string join(const std::vector<ServerName>& servers) {
  std::string text;
  for (const auto& server : servers) text += (text.empty() ? "" : " ") + server.value;
  return text;
}

void tell_place(Output& output, const AcquireLock& operation, const Acquired& standing) {
  for (const auto& position : standing.positions) {
    if (position.position <= 1) {
      output.note(phrase(_("waiting for {}: you are next"), bold(position.server.value)));
    } else {
      output.note(phrase(_("waiting for {}: number {} in line"), bold(position.server.value), position.position));
    }
  }
  if (standing.positions.empty()) output.note(phrase(_("waiting for {}"), bold(join(operation.servers))));
}

// Once for each session that is waited for, and once more when it is found gone.
std::string own_session_words(const Error& refusal) {
  const auto server = refusal.text("server");
  if (refusal.code() == ErrorCode::held)
    return plain_text(phrase(_("waiting for {}: it is not confirmed that your last session there is over"), server));
  if (refusal.text("gone") == "true") {
    return plain_text(
        phrase(_("waiting for {}: your session there (process {}) is gone and runs out"), server, refusal.text("pid")));
  }
  return plain_text(
      phrase(_("waiting for {}: your own session there (process {}) has to end first"), server, refusal.text("pid")));
}

// This process runs under the hold, as the environment tells, or as the child of who keeps it.
bool runs_within(const Environment& environment, const Error& own_session) {
  const auto holds = " " + std::string(environment.value("GILIR_HOLD")) + " ";
  if (holds.find(" " + own_session.text("hold") + " ") != std::string::npos) return true;
  std::int64_t process = 0;
  const auto text = own_session.text("pid");
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), process);
  return parsed.ec == std::errc() && own_session.text("host") == host_name() && descends_from(process);
}

void tell_ticket(Output& output, const AcquireLock& operation, const Acquired& acquired) {
  if (!operation.ticket || !acquired.ticket || *operation.ticket == *acquired.ticket) return;
  output.note(
      phrase(_("{} was merged into {}; the lock is for {}"), *operation.ticket, *acquired.ticket, *acquired.ticket));
}

// The caller's open tickets at these servers, which may be names of one machine: two at most are looked for at each.
std::vector<TicketLine> own_tickets(DeskSession& desk, const std::vector<ServerName>& servers) {
  std::vector<TicketLine> tickets;
  for (const auto& server : servers) {
    ListTickets operation;
    operation.assignee = desk.call().caller;
    operation.server = server;
    operation.limit = 2;
    for (auto& ticket : desk.desk().perform(Call{desk.call().caller}, operation).result.tickets) {
      const bool is_known = std::ranges::find(tickets, ticket.number, &TicketLine::number) != tickets.end();
      if (!is_known) tickets.push_back(std::move(ticket));
    }
  }
  return tickets;
}

// Nobody takes a server for nothing: the ticket given counts, or the reason, else the caller's only open ticket there.
void find_purpose(Output& output, DeskSession& desk, AcquireLock& operation) {
  if (operation.ticket || !operation.reason.empty() || operation.accept) return;
  const auto tickets = own_tickets(desk, operation.servers);
  if (tickets.size() != 1)
    throw usage_error(std::string_view(_("--ticket N or --reason TEXT must say what it is for")));
  operation.ticket = tickets.front().number;
  output.note(phrase(_("for {}, your only open ticket at {}: {}"), *operation.ticket,
                     bold(tickets.front().server->value), tickets.front().title));
}

int held_exit(const CommandContext& context) {
  return static_cast<int>(context.arguments.number("held-exit", 0, 255).value_or(exit_code(ErrorCode::held)));
}

}  // namespace

AcquireLock request_of_this_process(const std::vector<std::string>& servers, HoldKind kind) {
  AcquireLock operation;
  for (const auto& server : servers) operation.servers.push_back(ServerName{server});
  operation.kind = kind;
  operation.host = host_name();
  operation.pid = getpid();
  if (kind == HoldKind::kept) {
    operation.world = process_world();
    operation.started = start_of_process(operation.pid);
  }
  operation.terminal = terminal_name();
  return operation;
}

AcquireLock lock_request(const CommandContext& context, const std::vector<std::string>& servers, HoldKind kind) {
  // A wrong --held-exit is refused now, not on the day when the server is held.
  held_exit(context);
  auto operation = request_of_this_process(servers, kind);
  operation.ticket = context.arguments.ticket("ticket");
  operation.reason = context.arguments.text("reason").value_or("");
  operation.exclusive = context.arguments.flag("exclusive");
  operation.wait = context.arguments.given("wait");
  return operation;
}

Turn take_turn(CommandContext& context, DeskSession& desk, AcquireLock operation, SignalSet& signals,
               std::optional<Milliseconds> patience) {
  find_purpose(context.output, desk, operation);
  WaitOptions options;
  options.patience = patience;
  options.interrupt = signals.descriptor();
  options.interrupted = [&] { return take_ending_signal(signals); };
  options.is_ours = [&](const Error& own_session) { return runs_within(context.environment, own_session); };
  options.on_own_session = [&, told = std::string()](const Error& refusal) mutable {
    if (auto words = own_session_words(refusal); words != told) {
      context.output.note(words);
      told = std::move(words);
    }
  };
  options.on_place = [&](const Acquired& standing) { tell_place(context.output, operation, standing); };
  for (;;) {
    try {
      auto turn = take_turn_at(desk.desk(), desk.call(), context.clock, operation, options);
      try {
        desk.tell(turn.replayed);
        tell_ticket(context.output, operation, turn.acquired);
      } catch (const std::exception&) {
        // That nobody can read it is no reason to leave a lock behind that was just taken.
      }
      return turn;
    } catch (const Error& error) {
      if (error.code() != ErrorCode::held || operation.wait || desk.call().dry_run) throw;
      if (!ask_about_held(context, desk, operation, options, error, signals)) throw;
    }
  }
}

std::optional<int> take_ending_signal(SignalSet& signals) {
  while (const auto signal = signals.next()) {
    switch (*signal) {
      case SIGHUP:
      case SIGINT:
      case SIGQUIT:
      case SIGTERM:
        return signal;
      case SIGTSTP:
        suspend();
        break;
      default:
        break;
    }
  }
  return std::nullopt;
}

int show_refusal(CommandContext& context, const Error& error) {
  show_error(context.output, error);
  const int code = exit_code(error.code());
  return code == exit_code(ErrorCode::held) ? held_exit(context) : code;
}

int exit_code_of_run(CommandContext& context, RunOutcome (*body)(CommandContext&)) {
  const OutcomeFile file(context);
  try {
    const auto outcome = body(context);
    file.write(context, outcome);
    tell_what_stays(context, outcome);
    return outcome.lease_lost ? exit_code(ErrorCode::lost) : outcome.status;
  } catch (const Error& error) {
    const int code = exit_code_of(error);
    file.write(context, {false, code, error.code() == ErrorCode::lost});
    if (code != exit_code(ErrorCode::held)) throw;
    return show_refusal(context, error);
  }
}

}  // namespace gilir::cli
