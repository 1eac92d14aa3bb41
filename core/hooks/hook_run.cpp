#include "core/hooks/hook_run.h"

#include <fmt/format.h>
#include <poll.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>

#include "core/base/error.h"
#include "core/process/boot_timer.h"

namespace gilir {
namespace {

// The guardian matters only when this process dies: its own deadline lies far behind the hook's end.
constexpr Milliseconds guardian_term = std::chrono::minutes{5};

// A file in memory: a hook that reads nothing, or slowly, holds nobody up.
Descriptor input_file(const std::string& line) {
  Descriptor file(memfd_create("event", MFD_CLOEXEC));
  if (!file) throw_system_error("the event for a hook", errno);
  write_all(file.get(), line);
  lseek(file.get(), 0, SEEK_SET);
  return file;
}

class RunningHook {
 public:
  RunningHook(const Hook& hook, const HookInput& input, SignalSet& signals, Guardian& guardian)
      : signals_(signals), guardian_(guardian) {
    auto pipe = make_pipe();
    const auto event = input_file(input.line);
    guardian.set_deadline({guardian_term, boot_now()});
    child_ = spawn({.program = hook.path,
                    .arguments = {hook.path},
                    .environment = input.environment,
                    .descriptors = {{event.get(), 0}, {pipe.write_end.get(), 1}, {pipe.write_end.get(), 2}},
                    .close_others = true,
                    .directory = input.directory,
                    .own_group = true,
                    .before_exec = [&](pid_t child) { guardian.guard_group(child); }});
    group_ = child_.process();
    output_ = std::move(pipe.read_end);
    set_non_blocking(output_.get(), true);
  }

  HookOutcome watch() {
    const auto until = boot_now() + hook_time_limit;
    while (!child_.poll().over() && outcome_.kind == HookOutcome::done) {
      const auto left = until - boot_now();
      if (left <= Milliseconds{0})
        outcome_.kind = HookOutcome::too_slow;
      else
        wait(left);
    }
    if (outcome_.kind != HookOutcome::done) ask_to_end();
    end_group(group_, hook_grace);
    outcome_.status = child_.wait();
    guardian_.group_over(group_);
    read_output();
    if (outcome_.kind == HookOutcome::done && outcome_.status.shell_status() != 0) outcome_.kind = HookOutcome::failed;
    return std::move(outcome_);
  }

 private:
  void wait(Milliseconds limit) {
    pollfd ready[] = {{signals_.descriptor(), POLLIN, 0}, {output_.get(), POLLIN, 0}};
    ::poll(ready, output_ ? 2 : 1, static_cast<int>(std::max(limit, Milliseconds{0}).count()));
    if (output_ && ready[1].revents != 0) read_output();
    while (const auto signal = signals_.next()) {
      if (signal != SIGCHLD) outcome_.kind = HookOutcome::interrupted;
    }
  }

  // A leader that is over but not waited for would count as alive in its group.
  void ask_to_end() {
    child_.send_signal(SIGTERM);
    child_.send_signal(SIGCONT);
    const auto until = boot_now() + hook_grace;
    while (!child_.poll().over() && boot_now() < until) wait(until - boot_now());
    child_.send_signal(SIGKILL);
    child_.wait();
  }

  // One chunk, so that a hook that floods cannot keep this from looking at the clock.
  void read_output() {
    if (!output_) return;
    char chunk[65536];
    const auto got = ::read(output_.get(), chunk, sizeof chunk);
    if (got == 0) output_.reset();
    if (got <= 0) return;
    const auto size = static_cast<std::size_t>(got);
    const auto kept = std::min(size, most_hook_output - outcome_.output.size());
    outcome_.output.append(chunk, kept);
    outcome_.dropped += size - kept;
  }

  SignalSet& signals_;
  Guardian& guardian_;
  Child child_;
  pid_t group_ = 0;
  Descriptor output_;
  HookOutcome outcome_;
};

}  // namespace

HookOutcome run_hook(const Hook& hook, const HookInput& input, SignalSet& signals, Guardian& guardian) {
  try {
    return RunningHook(hook, input, signals, guardian).watch();
  } catch (const Error& error) {
    if (error.code() != ErrorCode::cannot_run) throw;
    HookOutcome outcome;
    outcome.kind = HookOutcome::cannot_run;
    outcome.problem = error.text("problem");
    return outcome;
  }
}

std::string outcome_words(const HookOutcome& outcome) {
  switch (outcome.kind) {
    case HookOutcome::done:
      return "done";
    case HookOutcome::too_slow:
      return fmt::format("ran for more than {} s and was ended", hook_time_limit.count() / 1000);
    case HookOutcome::cannot_run:
      return "cannot be run: " + outcome.problem;
    case HookOutcome::interrupted:
      return "ended, as the runner was told to end";
    case HookOutcome::failed:
      break;
  }
  return fmt::format("{} {}", outcome.status.kind == ChildStatus::killed ? "signal" : "exit", outcome.status.value);
}

}  // namespace gilir
