// Runs tests/ssh/ssh_helper.cpp against a private server.
#pragma once

#include <fstream>

#include "tests/process/process_probe.h"
#include "tests/ssh/private_server.h"

namespace gilir::test {

struct HelperProcess {
  Child process;
  Descriptor input;
  Descriptor output;
  Descriptor error_output;
};

inline std::vector<std::string> helper_arguments(const PrivateServer& server, std::vector<std::string> last) {
  const auto target = server.target();
  std::vector<std::string> arguments{"ssh_helper", std::to_string(target.port), target.user, server.key_file(),
                                     server.path("host_key.pub")};
  arguments.insert(arguments.end(), last.begin(), last.end());
  return arguments;
}

// `last`: TERM_MS, once|renewed, plain|terminal|leashed, the command.
inline HelperProcess start_helper(const PrivateServer& server, std::vector<std::string> last) {
  auto input = make_pipe();
  auto output = make_pipe();
  auto error_output = make_pipe();
  auto process = spawn(
      {.program = SSH_HELPER,
       .arguments = helper_arguments(server, std::move(last)),
       .descriptors = {{input.read_end.get(), 0}, {output.write_end.get(), 1}, {error_output.write_end.get(), 2}}});
  return {std::move(process), std::move(input.write_end), std::move(output.read_end), std::move(error_output.read_end)};
}

inline bool log_shows(const PrivateServer& server, const std::string& words, Milliseconds limit) {
  const auto until = boot_now() + limit;
  while (server.log().find(words) == std::string::npos) {
    if (boot_now() >= until) return false;
    ::poll(nullptr, 0, 5);
  }
  return true;
}

}  // namespace gilir::test
