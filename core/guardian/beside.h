// A call that blocks and has no form that does not (a look-up of a name, an agent that asks a person, the derivation of
// a key from a passphrase), run in a thread of its own, while the caller's thread goes on to serve its Supervision:
// renewals, signals and the cut.
//
//   Beside call([state] { state->answer = slow_library_call(state->question); });
//   if (!call.wait(supervision, until)) …              // it goes on without us
//
// Who need not wait for it any more leaves it behind: the destructor never waits. A call that may be left behind must
// own all that it uses. A process that has left one behind ends by _exit(2), so that no library cleans up under it.
// A call takes no signals and must not throw.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <thread>

#include "core/guardian/supervision.h"

namespace gilir {

class Beside {
 public:
  // Throws Error{failed} when the system gives no thread.
  explicit Beside(std::function<void()> call);
  Beside(const Beside&) = delete;
  Beside& operator=(const Beside&) = delete;
  ~Beside();

  // Readable when the call is over.
  int descriptor() const;
  // What the call wrote may be read from then on.
  bool is_over() const;
  // True when it is over; false when `until` came first. Throws what Supervision::throw_if_over throws.
  bool wait(Supervision& supervision, std::optional<BootTime> until);
  // For a call that was made to end: waits for it.
  void join();

 private:
  struct State;
  std::shared_ptr<State> state_;
  std::thread thread_;
};

}  // namespace gilir
