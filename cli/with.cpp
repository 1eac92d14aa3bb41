#include <csignal>

#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/desk_session.h"
#include "cli/environment.h"
#include "cli/output/known_words.h"
#include "cli/output/output.h"
#include "cli/program_path.h"
#include "cli/session/lock_keeper.h"
#include "cli/session/lock_request.h"
#include "cli/usage_error.h"
#include "core/process/spawn.h"
#include "core/process/terminal.h"

namespace gilir::cli::commands {
namespace {

constexpr PositionalSpec positionals[] = {
    {.name = "SERVER", .about = N_("the servers; several are given together or not at all"), .count = Count::many}};
constexpr OptionSpec options[] = {ticket_option,    reason_option,    wait_option,
                                  exclusive_option, held_exit_option, outcome_option};
constexpr ExampleSpec examples[] = {
    {.command = "gilir with kantor-123 --ticket 41 -- rsync -a fix/ kantor-123:/srv/",
     .about = N_("one program under the lock")},
    {.command = "gilir with app-1 db-1 --wait -- ./move-database", .about = N_("two servers, waiting for both")},
};
constexpr ExitCodeSpec exit_codes[] = {
    held_code, lost_code, wait_over_code, {.code = 126, .about = N_("the command cannot be run (127: not found)")}};

// What is left of the child's group when the child is over gets this long to end.
constexpr Milliseconds leftover_grace{2000};

// One line of the child's environment; the values of several servers stand in one order, separated by blanks.
template <class ValueOf>
std::string variable(std::string_view name, const std::vector<LeaseView>& leases, ValueOf&& value_of) {
  std::string line(name);
  for (const auto& lease : leases) {
    if (&lease != &leases.front()) line += ' ';
    line += value_of(lease);
  }
  return line;
}

std::vector<std::string> child_environment(const std::vector<LeaseView>& leases) {
  const auto number = [](const auto& id) { return std::to_string(id.value); };
  const auto& first = leases.front();
  return {variable("GILIR_SERVER=", leases, [](const LeaseView& lease) { return lease.server.value; }),
          variable("GILIR_LEASE=", leases, [&](const LeaseView& lease) { return number(lease.lease); }),
          variable("GILIR_HOLD=", leases, [&](const LeaseView& lease) { return number(lease.hold); }),
          variable("GILIR_TOKEN=", leases, [&](const LeaseView& lease) { return number(lease.token); }),
          std::string("GILIR_TICKET=").append(first.ticket ? number(*first.ticket) : ""),
          std::string("GILIR_AGENT=").append(first.agent.value)};
}

std::string shown_command(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

// The child with its group and the terminal, from start to end.
class GuardedChild {
 public:
  GuardedChild(CommandContext& context, Supervision& supervision)
      : context_(context), supervision_(supervision), terminal_(STDIN_FILENO), loan_(STDIN_FILENO) {}

  void start(const std::vector<LeaseView>& leases) {
    SpawnOptions launch;
    launch.program = context_.arguments.tail().front();
    launch.arguments = context_.arguments.tail();
    launch.environment = child_environment(leases);
    if (const auto path = context_.environment.value("PATH"); !path.empty()) launch.search_path = path;
    launch.own_group = true;
    launch.terminal = loan_.descriptor_to_lend();
    launch.before_exec = [&](pid_t child) { supervision_.guardian()->guard_group(child); };
    child_ = spawn(launch);
  }

  // Until the child is over or the lock is lost; the child's group is gone when it returns.
  RunOutcome watch() {
    const pid_t group = child_.process();
    for (;;) {
      supervision_.wait({}, std::nullopt);
      while (const auto notice = supervision_.take_notice()) context_.output.note(warning(*notice));
      if (const auto line = supervision_.take_banner_line()) context_.output.note(warning(*line));
      if (supervision_.ending() != Ending::none) return cut(group);
      while (const auto signal = supervision_.take_signal()) pass_on(*signal, group);
      const auto status = child_.poll();
      if (status.kind == ChildStatus::stopped) stop_with_child(group);
      if (status.over()) {
        end_group(group, leftover_grace);
        settle_terminal();
        return {true, status.shell_status(), false};
      }
    }
  }

 private:
  void pass_on(int signal, pid_t group) {
    if (signal == SIGHUP || signal == SIGINT || signal == SIGQUIT || signal == SIGTERM) child_.send_signal(signal);
    if (signal == SIGCONT) {
      loan_.give(group);
      child_.send_signal(SIGCONT);
    }
  }

  // Ctrl-Z stopped the child: we stop as well, as its shell expects, and both go on together. The permit runs
  // on meanwhile.
  void stop_with_child(pid_t group) {
    loan_.take_back();
    stop_this_process();
    loan_.give(group);
    child_.send_signal(SIGCONT);
  }

  RunOutcome cut(pid_t group) {
    end_group(group, std::min(leftover_grace, Milliseconds{500}));
    const auto status = child_.wait();
    settle_terminal();
    return {true, status.shell_status(), true};
  }

  void settle_terminal() {
    loan_.take_back();
    terminal_.force_restore();
  }

  CommandContext& context_;
  Supervision& supervision_;
  TerminalState terminal_;
  ForegroundLoan loan_;
  Child child_;
};

RunOutcome run_child(CommandContext& context) {
  if (context.arguments.tail().empty())
    throw usage_error(UsageProblem::missing_argument).with("argument", "CMD").with("command", "with");
  SignalSet signals;
  auto guardian = Guardian::start(own_program());
  DeskSession desk(context);
  const auto operation = lock_request(context, context.arguments.words("SERVER"), HoldKind::kept);
  LockKeeper keeper(desk.desk(), desk.call().caller,
                    take_turn(context, desk, operation, signals, context.arguments.duration("wait")), "with");
  Supervision supervision(keeper, signals, &guardian);

  GuardedChild child(context, supervision);
  child.start(keeper.leases());
  keeper.opened();
  keeper.record_start(shown_command(context.arguments.tail()));
  const auto outcome = child.watch();

  EndSession end;
  end.closed = true;
  end.exit_status = outcome.status;
  if (outcome.lease_lost) end.because = supervision.because();
  keeper.finish(std::move(end));
  guardian.done();
  if (outcome.lease_lost) {
    context.output.note(
        bad(plain_text(phrase(_("the lock on {} was lost ({}); the command was ended"), keeper.leases().front().server,
                              keeper.loss_words(supervision.because())))));
  }
  return outcome;
}

int run(CommandContext& context) {
  return exit_code_of_run(context, run_child);
}

}  // namespace

extern constexpr CommandSpec with{
    .path = "with",
    .purpose = N_("Take a server's lock, run a program on this machine, give the lock back."),
    .positionals = positionals,
    .options = options,
    .examples = examples,
    .exit_codes = exit_codes,
    .tail = Tail::after_dashes,
    .run = run,
};

}  // namespace gilir::cli::commands
