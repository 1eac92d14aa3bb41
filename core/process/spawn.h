// The one place where children start.
//
//   Child child = spawn({.program = "rsync", .arguments = {"rsync", "-a", …}, .own_group = true,
//                        .before_exec = [&](pid_t group) { guardian.guard_group(group); }});
//
// The order is: fork; the child makes its session or group, takes the terminal, arranges its descriptors, and
// then waits at a gate; the parent runs `before_exec`; the parent opens the gate; the child execs. When the
// parent dies or throws before it opens the gate, the child exits without having run anything, so a parent
// killed at any instant leaves no child that `before_exec` has not registered.
// The child runs only async-signal-safe calls, with no signal blocked and SIGPIPE, SIGXFSZ, SIGCHLD at their defaults;
// other signals that were ignored when gilir started stay ignored (nohup).
// Every descriptor that is not CLOEXEC and not named in `descriptors` is inherited unless `close_others`.
#pragma once

#include <sys/types.h>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"

namespace gilir {

struct SpawnOptions {
  // A path, or a name looked up on `search_path`.
  std::string program{};
  // argv, with argv[0].
  std::vector<std::string> arguments{};
  // "NAME=value", added to the parent's environment or replacing what stands there.
  std::vector<std::string> environment{};
  // Directories to look `program` up in, as $PATH has them; used when it contains no '/'.
  std::string search_path = "/usr/local/bin:/usr/bin:/bin";

  struct Given {
    int source;  // of the parent; -1 is /dev/null
    int target;  // of the child: 0, 1, 2 …
  };
  std::vector<Given> descriptors{};
  bool close_others = false;

  std::string directory{};  // empty: the parent's
  bool own_group = false;
  bool own_session = false;       // implies a group of its own, and no terminal
  std::optional<int> terminal{};  // the child's group becomes the foreground group of this terminal
  // Sent to the child when this process dies, however it dies (PR_SET_PDEATHSIG). The kernel drops it where the program
  // is a setuid one, and the child's own children do not have it. 0: nothing is sent.
  int signal_at_our_death = 0;
  // Runs in the parent while the child waits at the gate; what it throws ends the child and comes through.
  std::function<void(pid_t child)> before_exec{};
};

// How a child stands.
struct ChildStatus {
  enum Kind { running, exited, killed, stopped } kind = running;
  int value = 0;  // exit status or signal number

  bool over() const { return kind == exited || kind == killed; }
  // As a shell reports it: the exit status, or 128 + signal.
  int shell_status() const { return kind == killed ? 128 + value : value; }
};

// Owns a child that was spawned. The destructor of a child that is neither over nor released kills it
// (and its group, when it has its own) with SIGKILL and reaps it. Not thread-safe.
class Child {
 public:
  Child() = default;
  Child(pid_t process, bool own_group) : process_(process), own_group_(own_group) {}
  Child(Child&& other) noexcept;
  Child& operator=(Child&& other) noexcept;
  ~Child();

  // 0 when empty.
  pid_t process() const { return process_; }
  // Never waits. A stop is reported once; after the end the same answer is given for ever.
  ChildStatus poll();
  // Waits for the end.
  ChildStatus wait();
  // Sends to the group when it has its own, else to the process. Does nothing when the child is over.
  void send_signal(int signal);
  // Leaves the child to live on unwatched.
  pid_t release();

 private:
  pid_t process_ = 0;
  bool own_group_ = false;
  ChildStatus status_;
};

struct LaunchPlan;

// spawn() in two steps, for a child whose number must be known before it may run: at the gate it already has its group.
//
//   Launch launch(options);                          // forks; nothing runs yet
//   … launch.process() …                             // and what becomes known meanwhile:
//   Child child = launch.run({"GILIR_TOKEN=17"});    // opens the gate
//
// When it goes without run(), or this process dies, the child exits without having run anything. The child allocates
// memory when it has passed the gate: to be made in a process without threads.
class Launch {
 public:
  explicit Launch(const SpawnOptions& options);
  Launch(Launch&&) noexcept;
  Launch& operator=(Launch&&) noexcept;
  ~Launch();

  pid_t process() const { return child_.process(); }
  // `environment` is added as SpawnOptions::environment is; with `terminal` the child becomes its foreground group (it
  // must have been open at the fork). Calls before_exec. Throws as spawn().
  Child run(const std::vector<std::string>& environment = {}, std::optional<int> terminal = {});

 private:
  std::unique_ptr<LaunchPlan> plan_;
  Child child_;
};

// Throws Error{cannot_run} with {command, problem, status}: status 127 when there is no such program, 126
// when it may not or cannot be run; Error{failed} when the system refuses a process or a descriptor.
Child spawn(const SpawnOptions& options);

// Becomes the program instead, as exec(3) does: with its arguments and environment, all descriptors that are not
// CLOEXEC, and the signals as a child gets them; the rest of the options does not count. Returns only by throwing
// what spawn() throws.
[[noreturn]] void become(const SpawnOptions& options);

// Ends a process group: TERM and CONT, up to `grace`, then KILL. Returns when the group is gone or was
// killed. Group numbers below 2 are refused.
void end_group(pid_t group, Milliseconds grace);

}  // namespace gilir
