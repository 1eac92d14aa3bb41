// --outcome FILE: how a command under a lock went, for scripts that must tell.
#pragma once

#include <optional>
#include <string>

#include "cli/command.h"
#include "cli/session/run_outcome.h"
#include "core/process/descriptor.h"

namespace gilir::cli {

// Opened before anything is taken, so that a file that cannot be written is refused while that costs nothing.
class OutcomeFile {
 public:
  // Without the option nothing is written. Error{failed} when the file cannot be opened or has no room.
  explicit OutcomeFile(const CommandContext& context);
  // Never throws: what happened is told by the exit code, whatever becomes of the file. A failure is said on stderr.
  void write(CommandContext& context, const RunOutcome& outcome) const noexcept;

 private:
  std::optional<std::string> path_;
  Descriptor file_;
};

}  // namespace gilir::cli
