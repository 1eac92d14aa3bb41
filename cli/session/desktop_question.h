// Asks somebody who works in windows, behind which the terminal of `gilir with` may stand: through the desktop's
// notifications (notify-send), where there is a desktop, and with the terminal's bell.
#pragma once

#include <string>

#include "cli/environment.h"
#include "core/process/spawn.h"

namespace gilir::cli {

// Not thread-safe. Borrows the environment.
class DesktopQuestion {
 public:
  explicit DesktopQuestion(const Environment& environment) : environment_(environment) {}
  // Never waits and never fails: without a desktop, or without notify-send, only the bell is rung.
  void ask(const std::string& sentence) noexcept;

 private:
  const Environment& environment_;
  Child notifier_;
};

}  // namespace gilir::cli
