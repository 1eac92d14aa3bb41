// A lock's holder and its guardian, as processes of their own for the guardian tests.
//   guardian_helper group TERM_MS RENEWALS -- CHILD…   guards a child
//   guardian_helper socket TERM_MS RENEWALS            guards descriptor 4
// Prints "GUARDIAN CHILD", then "renewed" after each renewal, then waits: "has_cut" or "dead" tells how the
// guardian ended. RENEWALS of -1 go on for ever. A line on standard input makes it say done() and end.
#include <poll.h>
#include <unistd.h>

#include <iostream>
#include <string>
#include <vector>

#include "core/guardian/guardian.h"
#include "core/guardian/guardian_process.h"
#include "core/process/boot_timer.h"

using namespace gilir;

namespace {

int hold(Guardian& guardian, Permit permit, int renewals) {
  BootTimer timer;
  while (true) {
    timer.set(renewals == 0 ? std::nullopt : std::optional(permit.renew_at()));
    pollfd watched[3] = {{.fd = timer.descriptor(), .events = POLLIN, .revents = 0},
                         {.fd = guardian.descriptor(), .events = POLLIN, .revents = 0},
                         {.fd = 0, .events = POLLIN, .revents = 0}};
    ::poll(watched, 3, -1);
    switch (guardian.poll_state()) {
      case GuardianState::watching:
        break;
      case GuardianState::has_cut:
        std::cout << "has_cut" << std::endl;
        return 0;
      case GuardianState::dead:
        std::cout << "dead" << std::endl;
        return 0;
    }
    if (watched[2].revents != 0) {
      guardian.done();
      std::cout << "done" << std::endl;
      return 0;
    }
    if (renewals != 0 && boot_now() >= permit.renew_at()) {
      permit.sent_at = boot_now();
      guardian.set_deadline(permit);
      std::cout << "renewed" << std::endl;
      if (renewals > 0) --renewals;
    }
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (std::string(arguments[0]) == guardian_name) return guardian_main(guardian_descriptor);
  if (count < 4) return 64;
  auto guardian = Guardian::start("/proc/self/exe");
  const Permit permit{Milliseconds(std::stoi(arguments[2])), boot_now()};
  guardian.set_deadline(permit);
  Child child;
  if (std::string(arguments[1]) == "group") {
    SpawnOptions options{.program = arguments[5], .arguments = {arguments + 5, arguments + count}};
    options.own_group = true;
    options.before_exec = [&](pid_t group) { guardian.guard_group(group); };
    child = spawn(options);
  } else {
    guardian.guard_socket(4);
  }
  std::cout << guardian.process() << " " << child.process() << std::endl;
  const int status = hold(guardian, permit, std::stoi(arguments[3]));
  child.release();
  return status;
}
