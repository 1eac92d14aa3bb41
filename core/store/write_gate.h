// The write gate: every write transaction of a desk passes it one process at a time, because SQLite's busy
// handler is unfair (32 writers measured 1 to 14,164 transactions each) and because SQLite 3.7.0–3.51.2 can
// corrupt a WAL database when one connection checkpoints while another commits.
//
// An exclusive open-file-description lock (F_OFD_SETLKW, fcntl(2)) on a file beside the database: each gate
// opens the file itself, the kernel frees the lock when the process dies however it dies.
#pragma once

#include <signal.h>

#include <optional>
#include <string>

#include "core/base/clock.h"

namespace gilir::store {

class WriteGate {
 public:
  // Opens, and when needed makes, the gate file. Error{unreachable}.
  explicit WriteGate(std::string path);
  WriteGate(const WriteGate&) = delete;
  WriteGate& operator=(const WriteGate&) = delete;
  ~WriteGate();

  // Being inside: HUP, INT, QUIT, TERM and TSTP are held back until it is destroyed, so that nobody stops or dies
  // politely with the gate shut behind them. Whoever waits outside can be ended: the wait is
  // over at once, and the signal arrives as it does elsewhere.
  class Inside {
   public:
    Inside(Inside&& other) noexcept;
    Inside& operator=(Inside&&) = delete;
    ~Inside();

   private:
    friend class WriteGate;
    Inside(int descriptor, const sigset_t& before) : descriptor_(descriptor), before_(before) {}
    int descriptor_;
    sigset_t before_;
  };

  // Waits at most `limit` for the gate; Error{busy} {waited_s, pid?, command?, stopped?} after that, or when HUP, INT,
  // QUIT or TERM came: where the caller blocks it, `signal` names it.
  Inside enter(Milliseconds limit);

 private:
  std::string path_;
  int descriptor_;
};

// HUP, INT, QUIT or TERM that this process blocks and has not read yet: whoever waits for anything else is to end, too.
std::optional<int> unread_ending_signal();

}  // namespace gilir::store
