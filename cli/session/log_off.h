// Ending what a closed client leaves behind at a server (a disconnected desktop), before its seat goes on.
//
// The desk's admins say what is run (`gilir server edit --log-off`): a program and its words, without a shell, on this
// machine, in a group of its own that the guardian ends with the rest. The lock is renewed meanwhile.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"
#include "core/guardian/supervision.h"
#include "core/operations/lock/acquire.h"

namespace gilir::cli {

// The program and its words. `problem` says why there are none (N_); Error never.
struct LogOffWords {
  std::vector<std::string> words;
  const char* problem = nullptr;
};
LogOffWords log_off_words(std::string_view command);

// False when one of them failed, took longer than half a minute, or had no time before the lock was over: then a
// session may still stand there. Tells of it. Its output goes to stderr. Never throws.
bool log_off(CommandContext& context, Supervision& supervision, const std::vector<LogOff>& commands,
             const Permit& permit);

}  // namespace gilir::cli
