// What keeps a loop honest while it uses a lock: renewals, bells, signals, the guardian and the permit's own
// deadlines, polled together with whatever the loop itself waits for. Used while connecting, by the session
// loop (core/ssh/run_session.h) and while a child of `gilir with` runs.
//
// Renewals are called from inside wait(), on the only thread: a renewal may block for as long as its SQLite
// write waits for the gate (≤ 3 s). That is safe because every forwarded chunk asks may_send() afterwards,
// which reads the clock, and because the guardian waits on a clock of its own; nothing is forwarded
// meanwhile.
#pragma once

#include <poll.h>

#include <deque>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/guardian/guardian.h"
#include "core/guardian/permit.h"
#include "core/process/boot_timer.h"
#include "core/process/signal_set.h"

namespace gilir {

// Something asked of the person at the terminal, which stands until he answers or its time has come; the keeper gets a
// tick then.
struct Banner {
  BootTime until{};
  // For who can type the keys: what is asked, the keys when there are any, the reason.
  std::function<std::vector<std::string>(Seconds left)> rows;
  std::string keys;  // each of them, typed behind the prefix (core/ssh/answer_keys.h), is an answer
  std::function<std::string(Seconds left)> sentence;  // the same for who can only read it
  // The first rows, without which nobody can tell what is asked and how to answer.
  std::size_t needed_rows = 1;
};

// What the keeper of the lock tells the loop.
struct Instruction {
  std::optional<Permit> permit{};                 // the newest acknowledged one; nothing: the last one stays
  std::optional<BootTime> next_tick{};            // nothing: from tick(), no more; from readable(), as before
  bool lost = false;                              // the lease is over: cut now
  std::string because{};                          // why it was lost, a stable English word ("stolen", "expired")
  std::vector<std::string> notices{};             // lines for the person at the terminal, already in his language
  std::optional<std::optional<Banner>> banner{};  // what stands from now on, or that nothing does
};

// The lock's side of the loop. Must not throw; a renewal that failed is an instruction with a later
// next_tick.
class SessionControl {
 public:
  virtual ~SessionControl() = default;
  // Called once at the start, for the permit in force, and then whenever `next_tick` has come.
  virtual Instruction tick(BootTime now) = 0;
  // Extra descriptors (bells); asked for before every wait.
  virtual std::vector<int> descriptors() const { return {}; }
  // One of them is readable; must consume what made it so.
  virtual Instruction readable(int descriptor, BootTime now);
  // One of the banner's keys was typed.
  virtual Instruction answer(char key, BootTime now);
  // The banner's needed rows stand whole in a terminal that was used lately. Called again and again while they do.
  virtual Instruction shown(BootTime now);
};

// Why a loop must end.
enum class Ending {
  none,
  lost,           // SessionControl said so
  expired,        // the permit's cut came
  guardian_gone,  // nobody would cut if this process were stopped now
};

// Borrows everything; not thread-safe.
class Supervision {
 public:
  // Asks for the first permit and hands it to the guardian. Without a guardian only the loop itself cuts.
  Supervision(SessionControl& control, SignalSet& signals, Guardian* guardian);
  Supervision(const Supervision&) = delete;
  Supervision& operator=(const Supervision&) = delete;

  // Polls `own` together with everything supervised, until something happened or `until` has come; serves
  // what is supervised; fills in `own[i].revents` as poll(2) does.
  void wait(std::span<pollfd> own, std::optional<BootTime> until);

  // Reads the clock: may another chunk of input be forwarded? To be asked before each one.
  bool may_send();
  // Reads the clock: must the loop cut now, and why? An ending is final.
  Ending ending();
  // The one in force; nothing when the keeper gave none.
  const std::optional<Permit>& permit() const { return permit_; }
  // "stolen", "expired", "guardian"; empty while there is no ending.
  const std::string& because() const { return because_; }

  // Signals that arrived, oldest first; CHLD, WINCH, TSTP and CONT among them.
  std::optional<int> take_signal();
  std::optional<std::string> take_notice();

  // For who can show it all the time, with the seconds that are left; wait() returns each second meanwhile.
  const std::optional<Banner>& banner() const { return banner_; }
  // For who can only write lines: its sentence when it comes, and once more for its last ten seconds.
  std::optional<std::string> take_banner_line();
  void answer(char key);
  // To be called while the banner's needed rows stand whole in a terminal that was used lately.
  void banner_is_shown();

  // For phases without a loop of their own: throws Error{lost} {because} at an ending, and Error{interrupted}
  // {signal} after HUP, INT, QUIT or TERM; drops other signals.
  void throw_if_over();

  Guardian* guardian() const { return guardian_; }
  SignalSet& signals() const { return signals_; }

 private:
  void obey(Instruction instruction);
  std::optional<BootTime> next_due(std::optional<BootTime> until) const;
  void end(Ending ending, std::string because);

  SessionControl& control_;
  SignalSet& signals_;
  Guardian* guardian_;
  BootTimer timer_;
  std::optional<Permit> permit_;
  std::optional<BootTime> next_tick_;
  std::vector<pollfd> polled_;
  std::deque<int> arrived_signals_;
  std::deque<std::string> notices_;
  std::optional<Banner> banner_;
  int banner_lines_ = 0;         // written so far
  bool banner_is_over_ = false;  // its time has come, and the keeper was asked
  Ending ending_ = Ending::none;
  std::string because_;
};

}  // namespace gilir
