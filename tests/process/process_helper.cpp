// What the process tests run in a process of its own. The first argument names the part to play.
#include <poll.h>
#include <unistd.h>

#include <csignal>
#include <iostream>
#include <string>

#include "core/process/signal_set.h"
#include "core/process/spawn.h"
#include "core/process/terminal.h"

using namespace gilir;

namespace {

// Dies while its child waits at the gate. The child would make `marker`; descriptor 5 closes with the child.
int die_at_the_gate(const std::string& marker) {
  SpawnOptions options{.program = "touch", .arguments = {"touch", marker}};
  options.own_group = true;
  options.before_exec = [](pid_t) { ::kill(::getpid(), SIGKILL); };
  spawn(options);
  return 1;
}

// Dies when its child runs, which would live on for long.
int die_beside_its_child() {
  SpawnOptions options{.program = "sleep", .arguments = {"sleep", "300"}};
  options.signal_at_our_death = SIGTERM;
  options.descriptors = {{5, 5}};
  spawn(options).release();
  return ::kill(::getpid(), SIGKILL);
}

// Lends the terminal to a child that reads a line from it, and reads the next line itself.
int lend_the_terminal() {
  ForegroundLoan loan(0);
  SpawnOptions options{.program = "sh", .arguments = {"sh", "-c", "read line; echo child=$line"}};
  options.own_group = true;
  options.terminal = loan.descriptor_to_lend();
  std::cout << "ready" << std::endl;
  auto child = spawn(options);
  const auto status = child.wait();
  loan.take_back();
  std::string line;
  std::getline(std::cin, line);
  std::cout << "parent=" << line << " status=" << status.shell_status() << std::endl;
  return 0;
}

// Reports the signals that come, until TERM.
int listen() {
  SignalSet signals;
  std::cout << "ready" << std::endl;
  while (true) {
    pollfd watched{.fd = signals.descriptor(), .events = POLLIN, .revents = 0};
    ::poll(&watched, 1, -1);
    const auto signal = signals.next();
    if (!signal) continue;
    std::cout << *signal << std::endl;
    if (*signal == SIGTERM) return 0;
  }
}

}  // namespace

int main(int count, char** arguments) {
  const std::string part = count > 1 ? arguments[1] : "";
  if (part == "die-at-the-gate") return die_at_the_gate(arguments[2]);
  if (part == "die-beside-its-child") return die_beside_its_child();
  if (part == "lend-the-terminal") return lend_the_terminal();
  if (part == "listen") return listen();
  return 64;
}
