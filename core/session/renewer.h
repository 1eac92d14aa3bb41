// A process that renews a permit beside the loop that uses it: a renewal waits for the desk's gate, and the loop for
// nothing but its session.
//
//   Renewer renewer = Renewer::start(program, {desk, caller, holds});   // long before the first renewal is due
//   renewer.ask({now, permit.cut_at()});                                // the loop goes on; descriptor() tells
//   if (auto answer = renewer.take_answer()) …                          // the permit counts from `now`
//
// What it is told: the desk and the holds, once; then a request for each renewal, with the instant at which the loop
// asked and the permit's cut.
// When it renews: once for a request, never by itself. So every renewal needs a sign of life that the loop (or the
// prompt that it serves) has given since the one before. A request that is read at the cut or later is refused: a
// process that was stopped past it must not renew.
// From when it counts: from the instant at which the loop asked, which lies before the renewal was sent.
// How it ends: this object kills it, in the middle of a renewal too (the desk stands that); when the loop dies, the
// socket's end tells it, and what it finishes before lengthens a hold that nobody uses.
// The loop stopped: it asks for nothing, and the guardian cuts. Killed: the same, at once.
// The renewer stopped: no answer comes, and the loop cuts when the permit runs out. Killed: the socket ends, which the
// loop sees; is_gone() then, and it may renew by itself. Both stopped: the guardian cuts.
// It starts at the first use that needs it; a session shorter than that has none.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/operations/lock/renew.h"
#include "core/process/descriptor.h"
#include "core/process/spawn.h"

namespace gilir {

// argv[0] of the process; main() calls renewer_main(renewer_descriptor, …) when it sees it.
inline constexpr const char* renewer_name = "gilir-renewer";
inline constexpr int renewer_descriptor = 3;

struct RenewerTask {
  std::string desk;  // its directory
  AgentName caller;
  std::vector<KeptHold> holds;
};
BOOST_DESCRIBE_STRUCT(RenewerTask, (), (desk, caller, holds))

struct RenewalRequest {
  BootTime asked_at{};
  BootTime cut_at{};
};

struct RenewalAnswer {
  BootTime asked_at{};
  RenewedHolds renewed;        // when nothing went wrong
  std::optional<Error> error;  // of lock.renew, or of the desk
};

// Not thread-safe; one main loop owns it.
class Renewer {
 public:
  // `program` is gilir's own executable. Does not wait for it. Throws what spawn() throws.
  static Renewer start(const std::string& program, const RenewerTask& task);

  // Never waits. One request at a time: is_busy() until its answer was taken.
  void ask(const RenewalRequest& request) noexcept;
  bool is_busy() const { return is_busy_; }
  // Readable when there is an answer, or the process is gone.
  int descriptor() const { return socket_.get(); }
  // Never waits. Nothing: there is none yet, or is_gone().
  std::optional<RenewalAnswer> take_answer();
  bool is_gone() const { return is_gone_; }
  pid_t process() const { return process_.process(); }

 private:
  Renewer(Descriptor socket, Child process) : socket_(std::move(socket)), process_(std::move(process)) {}

  Descriptor socket_;
  Child process_;
  bool is_busy_ = false;
  bool is_gone_ = false;
};

// The process itself. Returns its exit status: 0, or 2 when the descriptor is no such socket. Writes nothing anywhere
// but to its asker. `program` starts the desk's hooks.
int renewer_main(int descriptor, const std::string& program) noexcept;

}  // namespace gilir
