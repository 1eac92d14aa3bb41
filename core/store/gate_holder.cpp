#include "core/store/gate_holder.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace gilir::store {
namespace {

namespace fs = std::filesystem;

constexpr int most_processes = 100'000;

// proc(5), /proc/PID/fdinfo: a "lock:" line is one that was taken through this very descriptor, and ends in
// "… OFDLCK ADVISORY WRITE -1 08:01:1234 0 0".
bool holds_lock(const fs::path& descriptor_facts, std::string_view inode) {
  std::ifstream facts(descriptor_facts);
  for (std::string line; std::getline(facts, line);) {
    if (line.starts_with("lock:") && line.find(" WRITE ") != std::string::npos &&
        line.find(inode) != std::string::npos) {
      return true;
    }
  }
  return false;
}

bool has_locked(const fs::path& process, std::string_view inode) {
  std::error_code problem;
  for (fs::directory_iterator entry(process / "fdinfo", problem); !problem && entry != fs::directory_iterator();
       entry.increment(problem)) {
    if (holds_lock(entry->path(), inode)) return true;
  }
  return false;
}

}  // namespace

std::optional<int> holder_of_lock(const std::string& path) {
  struct stat facts {};
  if (stat(path.c_str(), &facts) != 0) return std::nullopt;
  const auto inode = fmt::format(":{} ", facts.st_ino);
  std::error_code problem;
  int looked = 0;
  for (fs::directory_iterator entry("/proc", problem); !problem && entry != fs::directory_iterator();
       entry.increment(problem)) {
    const auto name = entry->path().filename().string();
    int process = 0;
    const auto parsed = std::from_chars(name.data(), name.data() + name.size(), process);
    if (parsed.ec != std::errc{} || parsed.ptr != name.data() + name.size()) continue;
    if (++looked > most_processes) break;
    if (process != getpid() && has_locked(entry->path(), inode)) return process;
  }
  return std::nullopt;
}

ProcessState state_of_process(int process) {
  std::ifstream file(fmt::format("/proc/{}/stat", process));
  const std::string line{std::istreambuf_iterator<char>(file), {}};
  // "123 (name) T …": a name may contain anything, parentheses too.
  const auto open = line.find('(');
  const auto close = line.rfind(')');
  if (open == std::string::npos || close == std::string::npos || close + 2 >= line.size()) return {};
  const char state = line[close + 2];
  return {line.substr(open + 1, close - open - 1), state == 'T' || state == 't'};
}

void name_holder(Error& error, const std::string& path) {
  const auto holder = holder_of_lock(path);
  if (!holder) return;
  const auto state = state_of_process(*holder);
  error.add("pid", *holder);
  error.add("command", state.name);
  error.add("stopped", state.stopped);
}

}  // namespace gilir::store
