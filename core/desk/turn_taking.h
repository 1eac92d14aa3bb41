// The one loop that waits: asks for a lock and, where others hold it, stands in line until the turn comes.
// No operation waits; this loop sleeps on the desk's bell and asks again.
#pragma once

#include <functional>
#include <optional>
#include <vector>

#include "core/base/error.h"
#include "core/desk/desk.h"
#include "core/operations/lock/acquire.h"

namespace gilir {

struct WaitOptions {
  // How long to stand in line; none: without bound.
  std::optional<Milliseconds> patience;
  // Readable when the person may have had enough; `interrupted` is asked then.
  int interrupt = -1;
  // What ended the wait, as a signal's number; none: go on waiting.
  std::function<std::optional<int>()> interrupted;
  // Called whenever something may have happened at the servers, before the line is looked at.
  std::function<void()> on_news;
  // Called when the wait ends without a grant. Must not throw.
  std::function<void()> on_leaving;
  // Whether the session of Error{own_session} is one that this process runs in: it would wait for itself.
  std::function<bool(const Error& own_session)> is_ours;
  // Called with Error{own_session} or Error{held} whenever the agent's own session is found to stand in the way.
  std::function<void(const Error& refusal)> on_own_session;
  // Called when the place in line is taken and whenever it changes.
  std::function<void(const Acquired&)> on_place;
};

struct Turn {
  Acquired acquired;
  // The boot clock just before the request that was granted was sent: deadlines are counted from here.
  BootTime sent_at{};
  // As Reply::replayed.
  bool replayed = false;
};

// Asks once, or waits when the operation says so and the call is no dry run (whose turn may then be a place in line
// only). The place is given up on every way out but a grant. While sessions of the agent's own are all that the server
// stands, or one of them is not over yet, it waits without a place: nobody's turn is changed by it. Errors: those of
// lock.acquire, with `within` beside Error{own_session} when it is ours; Error{timed_out} {lock, position};
// Error{interrupted} {signal}.
Turn take_turn_at(Desk& desk, const Call& call, const Clock& clock, AcquireLock operation, const WaitOptions& options);

}  // namespace gilir
