#include "core/health/gate_check.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <charconv>
#include <filesystem>
#include <fstream>

#include "core/base/error.h"
#include "core/store/write_gate.h"

namespace gilir {
namespace {

namespace fs = std::filesystem;

constexpr Milliseconds slow{1000};
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

Finding check_gate(const std::string& directory, Milliseconds limit) {
  const auto path = directory + "/gate";
  if (access(path.c_str(), F_OK) != 0) return {Check::gate, Health::ok, Because::missing, path, ""};
  const auto start = std::chrono::steady_clock::now();
  try {
    store::WriteGate gate(path);
    gate.enter(limit);
  } catch (const Error& error) {
    if (error.code() != ErrorCode::busy) {
      return {Check::gate, Health::problem, Because::not_opened, path, error.text("problem")};
    }
    const auto holder = holder_of_lock(path);
    return {Check::gate, Health::problem, Because::held, path, holder ? std::to_string(*holder) : ""};
  }
  const auto took = std::chrono::duration_cast<Milliseconds>(std::chrono::steady_clock::now() - start);
  const bool is_slow = took >= slow;
  return {Check::gate, is_slow ? Health::warning : Health::ok, is_slow ? Because::slow : Because::fine, path,
          std::to_string(took.count())};
}

}  // namespace gilir
