#include "cli/arguments.h"
#include "cli/desk_session.h"
#include "cli/output/ending_words.h"
#include "cli/output/output.h"
#include "cli/program_path.h"
#include "cli/server/check.h"
#include "cli/server/server_options.h"
#include "cli/session/lock_keeper.h"
#include "cli/session/lock_request.h"
#include "cli/session/login.h"
#include "core/operations/server/check.h"
#include "core/operations/server/show.h"
#include "core/ssh/check_leash.h"

namespace gilir::cli::commands {
namespace {

SessionEnd ending_of(LeashCheck check) {
  switch (check) {
    case LeashCheck::fit:
      return SessionEnd::confirmed;
    case LeashCheck::no_channel:
      return SessionEnd::one_session;
    case LeashCheck::no_shell:
      return SessionEnd::no_shell;
    case LeashCheck::forced:
      return SessionEnd::forced_command;
    case LeashCheck::unseen:
      return SessionEnd::hidden_processes;
    case LeashCheck::not_ended:
      return SessionEnd::not_ended;
  }
  return SessionEnd::not_ended;
}

SessionEnd check_and_close(SshSession& session, Supervision& supervision, LockKeeper& keeper) {
  EndSession end;
  try {
    const auto found = ending_of(check_leash(session, supervision));
    const bool is_closed = session.close_and_confirm();
    end.closed = is_closed && session.work_is_over();
    keeper.finish(std::move(end));
    return found;
  } catch (const Error& error) {
    const bool is_closed = session.close_and_confirm();
    end.closed = is_closed && session.work_is_over();
    end.because = enum_name(error.code());
    keeper.finish(std::move(end));
    throw;
  }
}

CheckServer finding_at(const ServerView& server, const Environment& environment, SessionEnd found) {
  return {server.name, login_at(server, environment), found, server.host, server.port, server.host_key};
}

// Under the lock, as any login.
CheckServer check(CommandContext& context, DeskSession& desk, const ServerName& name) {
  SignalSet signals;
  auto guardian = Guardian::start(own_program());
  auto operation = request_of_this_process({name.value}, HoldKind::kept);
  operation.reason = "server check";
  operation.wait = context.arguments.given("wait");
  LockKeeper keeper(desk.desk(), desk.call().caller,
                    take_turn(context, desk, operation, signals, context.arguments.duration("wait")), "ssh");
  const auto server = server_to_log_in_to(desk, name);
  Supervision supervision(keeper, signals, &guardian);
  auto session = log_in(context, server, keeper, supervision);
  keeper.record_start("server check");
  const auto found = check_and_close(session, supervision, keeper);
  guardian.done();
  return finding_at(server, context.environment, found);
}

}  // namespace

int run_server_check(CommandContext& context) {
  DeskSession desk(context);
  const ServerName name{context.arguments.required_word("SERVER")};
  const auto before = server_to_log_in_to(desk, name);
  // Who may not store what is found has nothing to log in for.
  auto trial = desk.call();
  trial.dry_run = true;
  desk.desk().perform(trial, finding_at(before, context.environment, SessionEnd::confirmed));
  const auto finding = check(context, desk, name);
  const auto checked = desk.perform(finding);
  if (context.output.json(checked)) return 0;
  context.output.line(phrase(_("{}, login {}: the end of a session is {}"), bold(name.value), finding.login,
                             ending_words(finding.ending)));
  return 0;
}

}  // namespace gilir::cli::commands
