// Delivers the log to a desk's hooks, from the cursor on, in order, each event at least once: the cursor
// moves only when all hooks of an event have had their turn. A hook that fails is run again, after 1 s and
// after 4 s more; then the event is passed over for it, and until it works again it gets one run an event.
// All of it is in hooks/log.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/event/event.h"
#include "core/guardian/guardian.h"
#include "core/hooks/hook_files.h"
#include "core/hooks/hook_log.h"
#include "core/process/signal_set.h"
#include "core/store/connection.h"
#include "core/store/write_gate.h"

namespace gilir {

inline constexpr int most_hook_runs = 3;

// What a delivery works with; everything outlives it.
struct HookParts {
  std::string desk_directory;
  std::string program;  // gilir's own executable, for the hooks' $GILIR
  store::Connection& connection;
  store::WriteGate& gate;
  HookLog& log;
  SignalSet& signals;
  Guardian& guardian;
};

class HookDelivery {
 public:
  explicit HookDelivery(HookParts parts) : parts_(std::move(parts)) {}

  // Runs until the end of the log; a desk that has no cursor yet has nothing to deliver. False when a signal
  // asked this process to end before. Throws Error.
  bool catch_up();

 private:
  bool deliver(const Event& event, const std::vector<Hook>& hooks);
  bool run_until_done(const Hook& hook, const Event& event, int depth);
  bool pause(Milliseconds length);
  std::vector<Event> next_events(EventNumber after);
  void move_cursor(EventNumber to);
  void end_here(const Event& event);
  void tell_problems(const HookFiles& files);

  HookParts parts_;
  std::set<std::string> passed_over_;  // hooks that failed to the end, and have not worked since
  std::set<std::string> told_;
};

}  // namespace gilir
