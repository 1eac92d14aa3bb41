// The holder's side of the guardian: a small process in its own session that ends what the holder opened
// when the holder cannot: at the permit's cut, or when the holder was killed, or is stopped past the cut.
//
// A life: start() before any thread, connection or desk; set_deadline() with the first permit; guard_socket()
// right after connect(2), or guard_group() from SpawnOptions::before_exec; set_deadline() with every renewed
// permit; group_over() or socket_closed(); done(). When this object goes without done(), or its process dies,
// everything still guarded is cut.
// Both guard calls return only when the guardian has confirmed. The guardian's own death is seen by polling
// descriptor(); a holder must then cut by itself at once, for nobody else will.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

#include "core/guardian/permit.h"
#include "core/process/descriptor.h"
#include "core/process/spawn.h"

namespace gilir {

// argv[0] of the guardian; main() calls guardian_main(guardian_descriptor) when it sees it.
inline constexpr const char* guardian_name = "gilir-guardian";
inline constexpr int guardian_descriptor = 3;

struct GuardianMessage;

enum class GuardianState {
  watching,
  has_cut,  // it cut everything at the deadline and is gone
  dead,     // it went without having cut anything
};

// Not thread-safe; one main loop owns it.
class Guardian {
 public:
  // `program` is gilir's own executable (main finds it through /proc/self/exe).
  // Throws Error{cannot_run} when the guardian does not answer within 5 s.
  static Guardian start(const std::string& program);

  Guardian(Guardian&&) noexcept = default;
  Guardian& operator=(Guardian&&) noexcept = default;
  // Without done() before: the guardian sees the end of file and cuts what it guards.
  ~Guardian();

  // Hands over a duplicate of a connected socket; at the cut it is shut down both ways.
  // As guard_group, throws Error{lost} {because} when the deadline has passed meanwhile, and Error{failed} when
  // the guardian is gone for another reason or does not confirm within 5 s.
  void guard_socket(int socket);
  // At the cut the group gets TERM and CONT, the permit's grace, then KILL.
  void guard_group(pid_t group);
  // Moves the cut; also before anything is guarded. Never waits. A guardian that is gone is not an error
  // here: poll_state() tells.
  void set_deadline(const Permit& permit);
  void socket_closed();
  void group_over(pid_t group);
  // Ends the guardian, which cuts nothing any more, and reaps it. Repeatable; does not throw.
  void done() noexcept;

  // Readable when the state may have changed.
  int descriptor() const { return socket_.get(); }
  GuardianState poll_state();
  pid_t process() const { return process_.process(); }

 private:
  Guardian(Descriptor socket, Child process);
  void request(const GuardianMessage& message, int passed_descriptor = -1);
  void tell(const GuardianMessage& message) noexcept;
  std::optional<GuardianMessage> receive(BootTime until) noexcept;

  Descriptor socket_;
  Child process_;
  GuardianState state_ = GuardianState::watching;
};

}  // namespace gilir
