#include "core/hooks/hook_delivery.h"

#include <fmt/format.h>
#include <poll.h>

#include <array>

#include "core/event/event_table.h"
#include "core/hooks/hook_cursor.h"
#include "core/hooks/hook_depth.h"
#include "core/hooks/hook_run.h"
#include "core/process/boot_timer.h"

namespace gilir {
namespace {

constexpr std::size_t events_at_a_time = 50;
constexpr std::array<Milliseconds, most_hook_runs - 1> pauses{Milliseconds{1000}, Milliseconds{4000}};
// Nobody waits for this process, so it can be patient.
constexpr Milliseconds gate_patience{30'000};

// A hook acts as whoever caused the event, and knows nothing of the lock that the runner may have been
// started under.
std::vector<std::string> environment_of(const HookParts& parts, const Event& event, int depth) {
  std::vector<std::string> environment{"GILIR=" + parts.program,
                                       "GILIR_DESK=" + parts.desk_directory,
                                       "GILIR_AGENT=" + event.actor.value,
                                       "GILIR_EVENT=" + event.kind,
                                       "GILIR_EVENT_NUMBER=" + std::to_string(event.number.value),
                                       "GILIR_EVENT_HEAD=" + to_text(LogHead{event.number, event.hash}),
                                       std::string(hook_depth_variable) + "=" + std::to_string(depth + 1)};
  for (const auto* name : {"GILIR_SERVER=", "GILIR_TICKET=", "GILIR_LEASE=", "GILIR_HOLD=", "GILIR_TOKEN="}) {
    environment.emplace_back(name);
  }
  return environment;
}

}  // namespace

bool HookDelivery::catch_up() {
  const auto cursor = read_hook_cursor(parts_.connection);
  if (!cursor) return true;
  for (auto events = next_events(*cursor); !events.empty(); events = next_events(events.back().number)) {
    const auto files = find_hooks(parts_.desk_directory);
    tell_problems(files);
    for (const auto& event : events) {
      const auto hooks = files.for_event(event.kind);
      if (hooks.empty() && event.number != events.back().number) continue;
      if (!deliver(event, hooks)) return false;
      move_cursor(event.number);
    }
  }
  return true;
}

bool HookDelivery::deliver(const Event& event, const std::vector<Hook>& hooks) {
  if (hooks.empty()) return true;
  const int depth = hook_depth_of(parts_.connection, event.number);
  if (depth >= most_hook_depth) {
    end_here(event);
    return true;
  }
  for (const auto& hook : hooks) {
    if (!run_until_done(hook, event, depth)) return false;
  }
  return true;
}

// False when this process was asked to end.
bool HookDelivery::run_until_done(const Hook& hook, const Event& event, int depth) {
  const HookInput input{to_json(event) + "\n", environment_of(parts_, event, depth),
                        hooks_directory(parts_.desk_directory)};
  const int runs = passed_over_.contains(hook.name) ? 1 : most_hook_runs;
  const auto what = fmt::format("#{} {} {}: ", event.number.value, event.kind, hook.name);
  for (int run = 1; run <= runs; ++run) {
    const auto outcome = run_hook(hook, input, parts_.signals, parts_.guardian);
    parts_.log.say(what + outcome_words(outcome));
    parts_.log.quote(outcome.output, outcome.dropped);
    if (outcome.kind == HookOutcome::interrupted) return false;
    if (outcome.kind == HookOutcome::done) {
      passed_over_.erase(hook.name);
      return true;
    }
    if (run < runs && !pause(pauses[static_cast<std::size_t>(run - 1)])) return false;
  }
  passed_over_.insert(hook.name);
  parts_.log.say(what + "passed over");
  return true;
}

bool HookDelivery::pause(Milliseconds length) {
  const auto until = boot_now() + length;
  for (auto left = length; left > Milliseconds{0}; left = until - boot_now()) {
    pollfd asked{parts_.signals.descriptor(), POLLIN, 0};
    ::poll(&asked, 1, static_cast<int>(left.count()));
    while (const auto signal = parts_.signals.next()) {
      if (*signal != SIGCHLD) return false;
    }
  }
  return true;
}

std::vector<Event> HookDelivery::next_events(EventNumber after) {
  store::Transaction transaction(parts_.connection, store::Transaction::Kind::read);
  return read_events(parts_.connection, {.subject = {}, .after = after, .limit = events_at_a_time});
}

void HookDelivery::move_cursor(EventNumber to) {
  const auto inside = parts_.gate.enter(gate_patience);
  store::Transaction transaction(parts_.connection, store::Transaction::Kind::write);
  move_hook_cursor(parts_.connection, to);
  forget_hook_depths(parts_.connection, to);
  transaction.commit();
}

// A hook's change of a hook's change of a hook's change …
void HookDelivery::end_here(const Event& event) {
  parts_.log.say(fmt::format("#{} {}: no hook runs: it comes from hooks that hear of what hooks change, {} deep",
                             event.number.value, event.kind, most_hook_depth));
  const auto inside = parts_.gate.enter(gate_patience);
  store::Transaction transaction(parts_.connection, store::Transaction::Kind::write);
  store_hook_end(parts_.connection, event.number);
  transaction.commit();
}

void HookDelivery::tell_problems(const HookFiles& files) {
  for (const auto& problem : files.problems) {
    if (told_.insert(problem.name).second) parts_.log.say(problem.name + ": not run: " + problem.because);
  }
}

}  // namespace gilir
