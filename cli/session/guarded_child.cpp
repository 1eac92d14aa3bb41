#include "cli/session/guarded_child.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <iterator>
#include <string>
#include <string_view>

#include "cli/arguments.h"
#include "cli/environment.h"
#include "cli/output/output.h"
#include "cli/output/tell.h"
#include "core/process/output_stream.h"
#include "core/process/signal_set.h"
#include "core/process/terminal_traces.h"

namespace gilir::cli {
namespace {

// What is left of the child's group when the child is over gets this long to end.
constexpr Milliseconds leftover_grace{2000};
// How long a terminal that takes no output (Ctrl-S) is waited for.
constexpr Milliseconds screen_limit{500};

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

Launch launch_of(const CommandContext& context) {
  SpawnOptions options;
  options.program = context.arguments.tail().front();
  options.arguments = context.arguments.tail();
  if (const auto path = context.environment.value("PATH"); !path.empty()) options.search_path = path;
  options.own_group = true;
  options.signal_at_our_death = SIGTERM;
  return Launch(options);
}

}  // namespace

GuardedChild::GuardedChild(CommandContext& context)
    : context_(context),
      desktop_(context.environment),
      terminal_(open_controlling_terminal()),
      modes_(terminal_.get()),
      loan_(terminal_.get()),
      launch_(launch_of(context)) {}

void GuardedChild::start(Supervision& supervision, const std::vector<LeaseView>& leases) {
  supervision_ = &supervision;
  supervision.guardian()->guard_group(group());
  // In a pipeline the others may need the terminal (`gilir with S -- make | less`): there the child gets it when it
  // asks.
  const bool has_the_screen = isatty(STDIN_FILENO) != 0 && isatty(STDOUT_FILENO) != 0;
  child_ = launch_.run(child_environment(leases), has_the_screen ? loan_.descriptor_to_lend() : std::nullopt);
}

RunOutcome GuardedChild::watch() {
  const pid_t group = child_.process();
  for (;;) {
    supervision_->wait({}, std::nullopt);
    while (const auto notice = supervision_->take_notice()) tell_if_heard(context_.output, warning(*notice));
    if (const auto line = supervision_->take_banner_line()) {
      tell_if_heard(context_.output, warning(*line));
      desktop_.ask(*line);
    }
    if (supervision_->ending() != Ending::none) return cut(group);
    while (const auto signal = supervision_->take_signal()) pass_on(*signal, group);
    const auto status = child_.poll();
    if (status.kind == ChildStatus::stopped) follow_stop(status.value, group);
    if (status.over()) {
      end_group(group, leftover_grace);
      settle_terminal(status, false);
      return {true, status.shell_status(), false};
    }
  }
}

void GuardedChild::pass_on(int signal, pid_t group) {
  // TSTP comes here while the terminal is not lent.
  constexpr int passed[] = {SIGHUP,  SIGINT,  SIGQUIT,   SIGTERM, SIGTSTP, SIGWINCH, SIGUSR1,
                            SIGUSR2, SIGALRM, SIGVTALRM, SIGPROF, SIGIO,   SIGPWR,   SIGSTKFLT};
  if (std::ranges::find(passed, signal) != std::end(passed)) child_.send_signal(signal);
  // What is stopped does not end before it goes on, and the lock would be renewed for ever.
  constexpr int ending[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
  if (std::ranges::find(ending, signal) != std::end(ending)) child_.send_signal(SIGCONT);
  if (signal == SIGCONT) {
    loan_.give(group);
    child_.send_signal(SIGCONT);
  }
}

void GuardedChild::follow_stop(int signal, pid_t group) {
  const bool needs_terminal = signal == SIGTTIN || signal == SIGTTOU;
  if (needs_terminal && loan_.give(group)) {
    child_.send_signal(SIGCONT);
    return;
  }
  // The terminal told the group that it was lent to; the rest of a pipeline or script is told here.
  const bool was_lent = loan_.is_lent();
  loan_.take_back();
  suspend(was_lent);
  // Without a shell we were not stopped, and nobody would continue the child.
  if (signal == SIGTSTP && loan_.give(group)) child_.send_signal(SIGCONT);
}

RunOutcome GuardedChild::cut(pid_t group) {
  end_group(group, std::min(leftover_grace, Milliseconds{500}));
  const auto status = child_.wait();
  settle_terminal(status, true);
  return {true, status.shell_status(), true};
}

void GuardedChild::settle_terminal(const ChildStatus& status, bool was_cut) {
  loan_.take_back();
  modes_.force_restore();
  if (!loan_.is_ours() || (!was_cut && status.kind != ChildStatus::killed)) return;
  OutputStream screen(STDOUT_FILENO);
  if (!screen.is_terminal()) return;
  const auto written = TerminalTraces::undo_unseen(context_.environment.value("TERM"));
  screen.put(written.data(), written.size());
  const std::array streams{&screen};
  flush(streams, screen_limit);
}

}  // namespace gilir::cli
