// Starts the runner of a desk's hooks beside the process that changed the desk: detached, in its own session,
// with no descriptor of ours. At most one runner works on a desk, behind the lock on DESK/hooks/runner.lock.
// Whoever finds it locked starts none: the runner looks at the log again after it has unlocked, so it sees
// what was committed before.
#pragma once

#include <string>
#include <vector>

#include "core/process/descriptor.h"
#include "core/process/spawn.h"

namespace gilir {

// argv[0] of the runner; main() calls hook_runner_main() when it sees it.
inline constexpr const char* hook_runner_name = "gilir-hook-runner";

// The runner's lock; empty when another runner has it. Held until the descriptor is closed.
Descriptor lock_hook_runner(const std::string& desk_directory);

// Not thread-safe. Runners that are over are reaped at the next start; the others live on behind the
// destructor.
class HookStarter {
 public:
  // `program` is gilir's own executable; with "" nothing is ever started.
  HookStarter(std::string desk_directory, std::string program)
      : desk_directory_(std::move(desk_directory)), program_(std::move(program)) {}
  HookStarter(const HookStarter&) = delete;
  HookStarter& operator=(const HookStarter&) = delete;
  ~HookStarter();

  // One look at the file system: a desk without a directory of hooks pays no more.
  bool has_hooks() const;
  // Starts a runner unless one works already; never with the gate held. Also for `tick`, after which a runner
  // that was killed has a successor. What fails here is left to the next start.
  void start() noexcept;

 private:
  std::string desk_directory_;
  std::string program_;
  std::vector<Child> runners_;
};

}  // namespace gilir
