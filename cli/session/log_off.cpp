#include "cli/session/log_off.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>

#include "cli/environment.h"
#include "cli/output/error_words.h"
#include "cli/output/output.h"
#include "cli/output/shell_words.h"
#include "cli/output/tell.h"
#include "core/process/spawn.h"

namespace gilir::cli {
namespace {

constexpr Milliseconds patience{30'000};
constexpr Milliseconds leftover_grace{500};

SpawnOptions options_of(CommandContext& context, const LogOff& asked) {
  SpawnOptions options;
  auto words = log_off_words(asked.command);
  if (words.problem != nullptr)
    throw Error(ErrorCode::cannot_run).with("command", asked.command).with("problem", words.problem);
  options.arguments = std::move(words.words);
  options.program = options.arguments.front();
  if (const auto path = context.environment.value("PATH"); !path.empty()) options.search_path = path;
  options.environment = {"GILIR_SERVER=" + asked.server.value};
  options.descriptors = {{-1, STDIN_FILENO}, {STDERR_FILENO, STDOUT_FILENO}};
  options.own_group = true;
  return options;
}

// Once the lock is lost the supervision waits for nothing any more; what is left of the permit is short.
void wait_a_little(Supervision& supervision, BootTime until) {
  if (supervision.ending() == Ending::none)
    supervision.wait({}, until);
  else
    ::poll(nullptr, 0, 20);
}

// Nothing when it did not end in time.
std::optional<int> status_until(Child& child, Supervision& supervision, BootTime until, const Permit& permit) {
  while (true) {
    const auto status = child.poll();
    if (status.over()) return status.shell_status();
    const bool lost = supervision.ending() != Ending::none;
    if (boot_now() >= (lost ? std::min(until, permit.cut_at()) : until)) return std::nullopt;
    wait_a_little(supervision, until);
    while (supervision.take_signal() || supervision.take_notice()) continue;
  }
}

bool run(CommandContext& context, Supervision& supervision, const LogOff& asked, const Permit& permit) {
  std::string problem;
  try {
    if (supervision.ending() != Ending::none && boot_now() >= permit.cut_at())
      throw Error(ErrorCode::failed).with("problem", _("there was no time left for it"));
    auto options = options_of(context, asked);
    options.before_exec = [&](pid_t child) {
      // A guardian whose time has come is gone, and what is left of the permit is watched here.
      if (supervision.ending() == Ending::none) supervision.guardian()->guard_group(child);
    };
    auto child = spawn(options);
    const auto status = status_until(child, supervision, boot_now() + patience, permit);
    end_group(child.process(), leftover_grace);
    if (status == 0) return true;
    problem = status ? plain_text(phrase(_("it ended with {}"), *status)) : std::string(_("it did not end in time"));
  } catch (const Error& error) {
    problem = error_words(error).message;
  }
  tell_if_heard(
      context.output,
      bad(plain_text(phrase(_("{}: what logs off there failed ({}); a session may still stand, so the server goes "
                              "on only when the lock has run out"),
                            asked.server, problem))));
  return false;
}

}  // namespace

LogOffWords log_off_words(std::string_view command) {
  auto words = shell_words(command);
  if (!words) return {{}, N_("a quote is not closed")};
  if (words->empty() || words->front().empty()) return {{}, N_("it names no program")};
  return {std::move(*words)};
}

bool log_off(CommandContext& context, Supervision& supervision, const std::vector<LogOff>& commands,
             const Permit& permit) {
  return std::ranges::all_of(commands, [&](const LogOff& asked) { return run(context, supervision, asked, permit); });
}

}  // namespace gilir::cli
