// Which process keeps a lock file locked, for whoever waits for it and has to be told.
#pragma once

#include <optional>
#include <string>

namespace gilir::store {

// The process that holds an open-file-description lock on `path`, as far as /proc tells: other users' processes
// cannot be seen. Never this process.
std::optional<int> holder_of_lock(const std::string& path);

// What the process is called, and whether it is stopped (SIGSTOP, Ctrl-Z, a debugger). Empty when it is gone.
struct ProcessState {
  std::string name;
  bool stopped = false;
};
ProcessState state_of_process(int process);

}  // namespace gilir::store
