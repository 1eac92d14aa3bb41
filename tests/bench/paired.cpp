// Times whole processes in turn: the commands run one after the other, round by round, so that a machine whose
// speed drifts slows all of them alike. Prints one line of JSON: for each command the median, p10 and p90 of
// its wall time in microseconds, and the median of its ratio to the first command's time in the same round.
//
//   paired ROUNDS -- COMMAND… -- COMMAND… [-- COMMAND…]
//
// Output of the commands goes to /dev/null. A command that fails ends the measurement with its status.
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using Command = std::vector<char*>;

double now_us() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

std::vector<Command> read_commands(int count, char** arguments) {
  std::vector<Command> commands;
  for (int i = 2; i < count; ++i) {
    if (std::string(arguments[i]) == "--") commands.emplace_back();
    else if (!commands.empty()) commands.back().push_back(arguments[i]);
  }
  for (auto& command : commands) command.push_back(nullptr);
  return commands;
}

double run(Command& command) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO}) {
    posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0);
  }
  pid_t child = 0;
  const double start = now_us();
  const int problem = posix_spawnp(&child, command.front(), &actions, nullptr, command.data(), environ);
  int status = 0;
  if (problem == 0) waitpid(child, &status, 0);
  const double taken = now_us() - start;
  posix_spawn_file_actions_destroy(&actions);
  if (problem != 0 || status != 0) {
    std::fprintf(stderr, "paired: %s ended with status %d\n", command.front(), problem != 0 ? 127 : status);
    std::exit(1);
  }
  return taken;
}

double quantile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

}  // namespace

int main(int count, char** arguments) {
  const int rounds = count > 1 ? std::atoi(arguments[1]) : 0;
  auto commands = read_commands(count, arguments);
  if (rounds < 1 || commands.empty()) {
    std::fprintf(stderr, "usage: paired ROUNDS -- COMMAND… -- COMMAND…\n");
    return 2;
  }
  constexpr int warm_up = 2;
  std::vector<std::vector<double>> times(commands.size());
  for (int round = -warm_up; round < rounds; ++round) {
    for (std::size_t i = 0; i < commands.size(); ++i) {
      const double taken = run(commands[i]);
      if (round >= 0) times[i].push_back(taken);
    }
  }
  std::printf("[");
  for (std::size_t i = 0; i < commands.size(); ++i) {
    std::vector<double> ratios;
    for (std::size_t round = 0; round < times[i].size(); ++round) ratios.push_back(times[i][round] / times[0][round]);
    std::printf("%s{\"median_us\":%.0f,\"p10_us\":%.0f,\"p90_us\":%.0f,\"ratio\":%.3f}", i == 0 ? "" : ",",
                quantile(times[i], 0.5), quantile(times[i], 0.1), quantile(times[i], 0.9), quantile(ratios, 0.5));
  }
  std::printf("]\n");
  return 0;
}
