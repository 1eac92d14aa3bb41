// Times whole processes in turn: the commands run one after the other, round by round, so that a machine
// whose speed drifts slows all of them alike. Prints one line of JSON: for each command its wall times in
// microseconds, round by round, and the times for which it kept a processor busy, which hang less on what
// else the machine does.
//
//   paired ROUNDS -- COMMAND… -- COMMAND… [-- COMMAND…]
//
// A word @FILE of a command stands for one line of the file, for the next one in each round. Output of the
// commands goes to /dev/null. A command that fails ends the measurement.
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

namespace {

// One word of a command: what stands for it in the rounds, by turns.
using Word = std::vector<std::string>;
using Command = std::vector<Word>;

constexpr int warm_up_rounds = 2;

double now_us() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

[[noreturn]] void fail(const std::string& problem) {
  std::fprintf(stderr, "paired: %s\n", problem.c_str());
  std::exit(1);
}

Word read_word(const std::string& word) {
  if (!word.starts_with('@')) return {word};
  Word lines;
  std::ifstream file(word.substr(1));
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  if (lines.empty()) fail("no lines in " + word.substr(1));
  return lines;
}

std::vector<Command> read_commands(int count, char** arguments) {
  std::vector<Command> commands;
  for (int i = 2; i < count; ++i) {
    if (std::string(arguments[i]) == "--")
      commands.emplace_back();
    else if (!commands.empty())
      commands.back().push_back(read_word(arguments[i]));
  }
  return commands;
}

struct Times {
  std::vector<double> wall;
  std::vector<double> busy;
};

double microseconds(const timeval& time) {
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_usec);
}

// Adds to `times` when there are some.
void run(const Command& command, std::size_t round, Times* times) {
  std::vector<char*> words;
  for (const auto& word : command) words.push_back(const_cast<char*>(word[round % word.size()].c_str()));
  words.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDWR, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_RDWR, 0);
  // What a command has to say is kept until it is known to have failed.
  FILE* complaints = std::tmpfile();
  if (complaints == nullptr) fail("no temporary file can be made");
  posix_spawn_file_actions_adddup2(&actions, fileno(complaints), STDERR_FILENO);
  pid_t child = 0;
  const double start = now_us();
  const int problem = posix_spawnp(&child, words.front(), &actions, nullptr, words.data(), environ);
  int status = 0;
  rusage used{};
  if (problem == 0) wait4(child, &status, 0, &used);
  const double taken = now_us() - start;
  posix_spawn_file_actions_destroy(&actions);
  if (problem != 0 || status != 0) {
    std::rewind(complaints);
    for (int c = std::fgetc(complaints); c != EOF; c = std::fgetc(complaints)) std::fputc(c, stderr);
    fail(std::string(words.front()) + " ended with status " + std::to_string(problem != 0 ? 127 : status));
  }
  std::fclose(complaints);
  if (times == nullptr) return;
  times->wall.push_back(taken);
  times->busy.push_back(microseconds(used.ru_utime) + microseconds(used.ru_stime));
}

void print(const std::vector<double>& figures) {
  std::printf("[");
  for (std::size_t i = 0; i < figures.size(); ++i) std::printf("%s%.0f", i == 0 ? "" : ",", figures[i]);
  std::printf("]");
}

}  // namespace

int main(int count, char** arguments) {
  const int rounds = count > 1 ? std::atoi(arguments[1]) : 0;
  const auto commands = read_commands(count, arguments);
  if (rounds < 1 || commands.empty()) {
    std::fprintf(stderr, "usage: paired ROUNDS -- COMMAND… -- COMMAND…\n");
    return 2;
  }
  std::vector<Times> times(commands.size());
  for (int round = 0; round < warm_up_rounds + rounds; ++round) {
    for (std::size_t i = 0; i < commands.size(); ++i) {
      run(commands[i], static_cast<std::size_t>(round), round < warm_up_rounds ? nullptr : &times[i]);
    }
  }
  for (std::size_t i = 0; i < times.size(); ++i) {
    std::printf("%s{\"wall\":", i == 0 ? "[" : ",");
    print(times[i].wall);
    std::printf(",\"busy\":");
    print(times[i].busy);
    std::printf("}");
  }
  std::printf("]\n");
  return 0;
}
