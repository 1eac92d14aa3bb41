// Which process keeps a file locked, for whoever waits for it and has to be told.
#pragma once

#include <optional>
#include <string>

#include "core/base/error.h"

namespace gilir::store {

// The process that holds a lock for writing on `path` (of its open file or its own, fcntl(2)), as far as /proc tells:
// other users' processes cannot be seen. Never this process.
std::optional<int> holder_of_lock(const std::string& path);

// What the process is called, and whether it is stopped (SIGSTOP, Ctrl-Z, a debugger). Empty when it is gone.
struct ProcessState {
  std::string name;
  bool stopped = false;
};
ProcessState state_of_process(int process);

// Adds pid, command and stopped of that process to the error, when there is one.
void name_holder(Error& error, const std::string& path);

}  // namespace gilir::store
