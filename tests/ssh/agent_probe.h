// A real ssh-agent for one test.
#pragma once

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "tests/process/process_probe.h"
#include "tests/programs.h"
#include "tests/ssh/private_server.h"

namespace gilir::test {

class Agent {
 public:
  // Its socket stands in the server's directory. What it runs to ask a person is `askpass`, a shell script.
  explicit Agent(const PrivateServer& server, const std::string& askpass = "exit 1")
      : socket_(server.path("agent-" + std::to_string(boot_now().time_since_epoch().count()))),
        askpass_(socket_ + "-askpass") {
    std::ofstream(askpass_) << "#!/bin/sh\n" << askpass << "\n";
    ::chmod(askpass_.c_str(), 0700);
    SpawnOptions options{.program = program("ssh-agent"), .arguments = {"ssh-agent", "-D", "-a", socket_}};
    options.descriptors = {{-1, 0}, {-1, 1}, {-1, 2}};
    options.environment = {"SSH_ASKPASS=" + askpass_, "SSH_ASKPASS_REQUIRE=force", "DISPLAY=none"};
    process_ = spawn(options);
    const auto until = boot_now() + patience;
    while (!answers() && boot_now() < until) ::poll(nullptr, 0, 5);
  }
  ~Agent() {
    process_.send_signal(SIGCONT);
    process_.send_signal(SIGTERM);
    process_.wait();
  }
  Agent(const Agent&) = delete;
  Agent& operator=(const Agent&) = delete;

  // With options of ssh-add before it. A passphrase is what `askpass` would print.
  void add(const std::string& key_file, const std::vector<std::string>& options = {},
           const std::string& passphrase = "") {
    const auto answer = socket_ + "-passphrase";
    std::ofstream(answer) << "#!/bin/sh\necho '" << passphrase << "'\n";
    ::chmod(answer.c_str(), 0700);
    SpawnOptions add{.program = program("ssh-add"), .arguments = {"ssh-add", "-q"}};
    add.arguments.insert(add.arguments.end(), options.begin(), options.end());
    add.arguments.push_back(key_file);
    add.environment = {"SSH_AUTH_SOCK=" + socket_, "SSH_ASKPASS=" + answer, "SSH_ASKPASS_REQUIRE=force",
                       "DISPLAY=none"};
    if (run(add).status.shell_status() != 0) throw std::runtime_error("ssh-add failed");
  }
  void stop() { process_.send_signal(SIGSTOP); }
  const std::string& socket() const { return socket_; }

 private:
  // Its socket stands there before it listens.
  bool answers() const {
    const Descriptor probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    socket_.copy(address.sun_path, sizeof address.sun_path - 1);
    return ::connect(probe.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
  }

  std::string socket_;
  std::string askpass_;
  Child process_;
};

}  // namespace gilir::test
