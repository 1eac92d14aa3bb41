// The program that `gilir with` runs under a lock, with its group and the terminal, from start to end.
//
// It has a group of its own, which the guardian ends when this process cannot, and with it the terminal's foreground:
// at once where it has the screen for itself, in a pipeline (`gilir with S -- make | less`) when it asks for it (TTIN,
// TTOU). Ctrl-Z stops it and us, as our shell expects, and both go on together; the permit runs on meanwhile. Where no
// shell could continue us (an orphaned process group) Ctrl-Z stops neither.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/session/desktop_question.h"
#include "cli/session/lock_request.h"
#include "core/guardian/supervision.h"
#include "core/process/spawn.h"
#include "core/process/terminal.h"

namespace gilir::cli {

// It waits to run from before the lock is asked for, so that the lock knows its group from the first moment. Dies with
// this process (SpawnOptions::signal_at_our_death), which the guardian may not see: it may be killed too.
//
// Not thread-safe. Borrows the context.
class GuardedChild {
 public:
  // Before the desk is opened. The words are those behind the command's dashes.
  explicit GuardedChild(CommandContext& context);

  // Its group, which stands from now on.
  pid_t group() const { return launch_.process(); }
  // Throws as spawn(). Borrows `supervision`.
  void start(Supervision& supervision, const std::vector<LeaseView>& leases);
  // Until the child is over or the lock is lost; the child's group is gone when it returns, and the terminal as it was
  // (a program that ends in its own time may leave its screen as it likes).
  RunOutcome watch();

 private:
  void pass_on(int signal, pid_t group);
  void follow_stop(int signal, pid_t group);
  RunOutcome cut(pid_t group);
  void settle_terminal(const ChildStatus& status, bool was_cut);

  CommandContext& context_;
  DesktopQuestion desktop_;
  Supervision* supervision_ = nullptr;
  Descriptor terminal_;
  TerminalState modes_;
  ForegroundLoan loan_;
  Launch launch_;
  Child child_;
};

}  // namespace gilir::cli
