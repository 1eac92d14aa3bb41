// A small SSH client on core/ssh, in a process of its own for what tests must do to a whole process: stop it,
// kill it, give it a terminal, time it.
//   ssh_helper PORT USER KEY_FILE HOST_KEY_FILE TERM_MS once|renewed plain|terminal|leashed [COMMAND]
// TERM_MS 0: no permit and no guardian. Ends with the remote status; its end is told on standard error.
#include <fstream>
#include <iostream>
#include <string>

#include "core/base/error.h"
#include "core/guardian/guardian_process.h"
#include "core/ssh/run_session.h"

using namespace gilir;

namespace {

struct HelperControl : SessionControl {
  Milliseconds term{};
  bool renews = false;
  bool was_asked = false;

  Instruction tick(BootTime now) override {
    if (term.count() == 0 || (was_asked && !renews)) return {};
    was_asked = true;
    const Permit permit{term, now};
    Instruction instruction{.permit = permit};
    if (renews) instruction.next_tick = permit.renew_at();
    return instruction;
  }
};

int run(char** arguments) {
  HelperControl control;
  control.term = Milliseconds(std::stoi(arguments[5]));
  control.renews = std::string(arguments[6]) == "renewed";
  std::optional<Guardian> guardian;
  if (control.term.count() != 0) guardian = Guardian::start("/proc/self/exe");
  SignalSet signals;
  Supervision supervision(control, signals, guardian ? &*guardian : nullptr);
  SshTarget target{.server = "kantor-123", .host = "127.0.0.1", .user = arguments[2]};
  target.port = static_cast<std::uint16_t>(std::stoi(arguments[1]));
  std::ifstream key_file(arguments[4]);
  std::getline(key_file, target.host_key);
  Credentials credentials;
  credentials.key_files = {arguments[3]};
  credentials.key_files_named = true;
  auto session = SshSession::open(target, credentials, {}, supervision);
  SessionRequest request;
  request.terminal = std::string(arguments[7]) == "terminal";
  request.leash = std::string(arguments[7]) == "leashed";
  if (arguments[8] != nullptr) request.command = arguments[8];
  const auto result = run_session(session, request, supervision);
  const bool confirmed = session.close_and_confirm();
  if (guardian) guardian->done();
  if (result.ending != Ending::none) std::cerr << "ended: " << result.because << std::endl;
  if (!confirmed) std::cerr << "not confirmed" << std::endl;
  return shell_status(result);
}

}  // namespace

int main(int count, char** arguments) {
  if (std::string(arguments[0]) == guardian_name) return guardian_main(guardian_descriptor);
  if (count < 8) return 64;
  try {
    return run(arguments);
  } catch (const Error& error) {
    std::cerr << error.what() << std::endl;
    return 255;
  }
}
