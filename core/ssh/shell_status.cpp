#include <cerrno>
#include <csignal>
#include <string_view>
#include <utility>

#include "core/ssh/run_session.h"

namespace gilir {

int shell_status(const SessionResult& result) {
  constexpr std::pair<std::string_view, int> signals[] = {
      {"ABRT", SIGABRT}, {"ALRM", SIGALRM}, {"FPE", SIGFPE},   {"HUP", SIGHUP},   {"ILL", SIGILL},
      {"INT", SIGINT},   {"KILL", SIGKILL}, {"PIPE", SIGPIPE}, {"QUIT", SIGQUIT}, {"SEGV", SIGSEGV},
      {"TERM", SIGTERM}, {"USR1", SIGUSR1}, {"USR2", SIGUSR2}, {"BUS", SIGBUS}};
  if (result.output_problem != 0 && result.output_problem != EPIPE) return 1;
  if (result.local_signal != 0) return 128 + result.local_signal;
  if (result.was_left || result.connection_lost) return 255;
  if (result.status) return *result.status >= 0 && *result.status <= 255 ? *result.status : 255;
  for (const auto& [name, number] : signals) {
    if (result.remote_signal == name) return 128 + number;
  }
  return 255;
}

}  // namespace gilir
