#include "core/operations/processes.h"

#include <csignal>

#include "core/lock/rows.h"
#include "core/lock/transition.h"
#include "core/operations/lock_access.h"
#include "core/process/process_group.h"

namespace gilir {
namespace {

// Past its permit a program is asked to end for so long.
constexpr Milliseconds ending_grace{1000};

bool is_here(const HolderProcesses& process) {
  return !process.world.empty() && process.world == process_world();
}

bool has_program(const HolderProcesses& process) {
  return process.group != 0 && is_here(process);
}

ProcessGroup group_of(const HolderProcesses& process) {
  return {process.group, process.group_started};
}

// `gilir with` gives it to its program (core/cli: child_environment).
EnvironmentWord mark_of(HoldId hold) {
  return {"GILIR_HOLD", std::to_string(hold.value)};
}

}  // namespace

bool is_holder_gone(const Hold& hold) {
  return is_here(hold.process) && start_of_process(hold.pid) != hold.process.started;
}

ProcessLook look_at_processes(Locks& locks, BootTime now) {
  ProcessLook look;
  locks.seen = {now, {}};
  // What was sent before need not be stored: a refusal stores nothing.
  const auto end = [&](const HolderProcesses& process, HoldId hold, BootTime permit) {
    const int signal = now - permit < ending_grace ? SIGTERM : SIGKILL;
    look.signals.push_back({group_of(process), signal, mark_of(hold)});
  };
  for (const Hold& hold : locks.holds) {
    if (!has_program(hold.process)) continue;
    if (!is_alive(group_of(hold.process))) {
      if (is_holder_gone(hold)) look.over.push_back({hold.hold, hold.lease});
      continue;
    }
    locks.seen.running.push_back(hold.hold);
    if (hold.deadline.at <= now) end(hold.process, hold.hold, hold.deadline.at);
  }
  for (Unclosed& mark : locks.unclosed) {
    if (!has_program(mark.process)) continue;
    if (!is_alive(group_of(mark.process))) {
      look.over.push_back({mark.hold, mark.lease});
      continue;
    }
    locks.seen.running.push_back(mark.hold);
    if (mark.permit.at > now) continue;
    end(mark.process, mark.hold, mark.permit.at);
    stand_on(locks, mark.hold, now);
  }
  return look;
}

void abandon_own_dead_holds(Context& context, const std::vector<ServerName>& servers) {
  const auto locks = view_locks(context, servers);
  for (const auto& server : servers) {
    const auto* lease = lease_of(locks, server, context.caller().name);
    if (lease == nullptr) continue;
    for (const Hold& hold : locks.holds) {
      if (hold.lease != lease->lease || hold.kind != HoldKind::kept || hold.process.group != 0) continue;
      if (is_holder_gone(hold)) change_locks(context, HolderGone{hold.hold, hold.lease}, {server});
    }
  }
}

}  // namespace gilir
