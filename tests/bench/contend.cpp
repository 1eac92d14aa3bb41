// Keeps a number of one-shot processes running at once for a time: each slot runs its commands in turn, over
// and over, and starts the next as soon as the one before has ended. Prints one line of JSON with the wall
// time of every process in microseconds and how long it all took.
//
//   contend SLOTS SECONDS -- COMMAND… [-- COMMAND…]
//
// SLOT in a command stands for the slot's number. Every slot ends its last turn through the commands. Output
// of the commands goes to /dev/null. A command that fails ends the measurement.
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

namespace {

using Command = std::vector<std::string>;

double now_us() {
  timespec time{};
  clock_gettime(CLOCK_MONOTONIC, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

[[noreturn]] void fail(const std::string& problem) {
  std::fprintf(stderr, "contend: %s\n", problem.c_str());
  // The others end by themselves.
  std::exit(1);
}

std::string for_slot(std::string word, int slot) {
  constexpr std::string_view place = "SLOT";
  for (auto at = word.find(place); at != std::string::npos; at = word.find(place, at)) {
    word.replace(at, place.size(), std::to_string(slot));
  }
  return word;
}

struct Running {
  int slot;
  std::size_t command;
  double since;
};

class Contention {
 public:
  Contention(std::vector<Command> commands, int slots, double seconds)
      : commands_(std::move(commands)), start_(now_us()), end_(start_ + seconds * 1e6) {
    posix_spawn_file_actions_init(&actions_);
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO}) {
      posix_spawn_file_actions_addopen(&actions_, descriptor, "/dev/null", O_RDWR, 0);
    }
    for (int slot = 1; slot <= slots; ++slot) start(slot, 0);
  }
  Contention(const Contention&) = delete;
  Contention& operator=(const Contention&) = delete;
  ~Contention() { posix_spawn_file_actions_destroy(&actions_); }

  void run() {
    while (!running_.empty()) {
      int status = 0;
      const auto child = waitpid(-1, &status, 0);
      const auto found = running_.find(child);
      if (found == running_.end()) continue;
      const auto ended = found->second;
      running_.erase(found);
      if (status != 0) fail(commands_[ended.command].front() + " ended with status " + std::to_string(status));
      times_.push_back(now_us() - ended.since);
      const auto next = (ended.command + 1) % commands_.size();
      if (next != 0 || now_us() < end_) start(ended.slot, next);
    }
  }

  void print() const {
    std::printf("{\"seconds\":%.3f,\"times\":[", (now_us() - start_) / 1e6);
    for (std::size_t i = 0; i < times_.size(); ++i) std::printf("%s%.0f", i == 0 ? "" : ",", times_[i]);
    std::printf("]}\n");
  }

 private:
  void start(int slot, std::size_t command) {
    std::vector<std::string> words;
    for (const auto& word : commands_[command]) words.push_back(for_slot(word, slot));
    std::vector<char*> pointers;
    for (auto& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    pid_t child = 0;
    const double since = now_us();
    if (posix_spawnp(&child, pointers.front(), &actions_, nullptr, pointers.data(), environ) != 0) {
      fail(words.front() + " cannot be started");
    }
    running_.emplace(child, Running{slot, command, since});
  }

  std::vector<Command> commands_;
  double start_;
  double end_;
  posix_spawn_file_actions_t actions_{};
  std::map<pid_t, Running> running_;
  std::vector<double> times_;
};

}  // namespace

int main(int count, char** arguments) {
  const int slots = count > 2 ? std::atoi(arguments[1]) : 0;
  const double seconds = count > 2 ? std::atof(arguments[2]) : 0;
  std::vector<Command> commands;
  for (int i = 3; i < count; ++i) {
    if (std::string(arguments[i]) == "--")
      commands.emplace_back();
    else if (!commands.empty())
      commands.back().emplace_back(arguments[i]);
  }
  if (slots < 1 || seconds <= 0 || commands.empty()) {
    std::fprintf(stderr, "usage: contend SLOTS SECONDS -- COMMAND… [-- COMMAND…]\n");
    return 2;
  }
  Contention contention(std::move(commands), slots, seconds);
  contention.run();
  contention.print();
  return 0;
}
