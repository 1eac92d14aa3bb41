#include "core/store/gate_holder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

namespace gilir::store {
namespace {

namespace fs = std::filesystem;

constexpr int most_processes = 100'000;

struct FileFacts {
  std::string mount;
  std::string inode;
};

// As this kernel counts both itself; empty when it does not say. Opened with O_PATH: closing any other descriptor would
// take away the locks that SQLite has on the file in this process.
FileFacts facts_of(const std::string& path) {
  const int file = open(path.c_str(), O_PATH | O_CLOEXEC);
  if (file < 0) return {};
  FileFacts facts;
  std::ifstream words(fmt::format("/proc/self/fdinfo/{}", file));
  for (std::string name, value; words >> name >> value;) {
    if (name == "mnt_id:") facts.mount = value;
    if (name == "ino:") facts.inode = value;
  }
  close(file);
  return facts;
}

// The device of a mount as "8:1", of mountinfo's "36 35 8:1 / /srv …". Not what stat(2) says on file systems with
// several volumes or layers (btrfs, overlay), while locks are listed by this one.
std::string device_of_mount(std::string_view mount) {
  std::ifstream mounts("/proc/self/mountinfo");
  for (std::string line; std::getline(mounts, line);) {
    std::istringstream words(line);
    std::string id;
    std::string parent;
    std::string device;
    if (words >> id >> parent >> device && id == mount) return device;
  }
  return {};
}

// The file as locks name it, "08:01:1234" between blanks: an inode's number alone is another file's elsewhere as well.
std::string name_in_locks(const std::string& path) {
  struct stat facts {};
  if (stat(path.c_str(), &facts) != 0) return {};
  unsigned device_major = major(facts.st_dev);
  unsigned device_minor = minor(facts.st_dev);
  const auto known = facts_of(path);
  std::istringstream device(device_of_mount(known.mount));
  char colon = 0;
  unsigned mount_major = 0;
  unsigned mount_minor = 0;
  if (device >> mount_major >> colon >> mount_minor) {
    device_major = mount_major;
    device_minor = mount_minor;
  }
  return fmt::format(" {:02x}:{:02x}:{} ", device_major, device_minor,
                     known.inode.empty() ? std::to_string(facts.st_ino) : known.inode);
}

// proc(5), /proc/PID/fdinfo: a "lock:" line is one that was taken through this very descriptor, and ends in
// "… OFDLCK ADVISORY WRITE -1 08:01:1234 0 0".
bool holds_lock(const fs::path& descriptor_facts, std::string_view file) {
  std::ifstream facts(descriptor_facts);
  for (std::string line; std::getline(facts, line);) {
    if (line.starts_with("lock:") && line.find(" WRITE ") != std::string::npos &&
        line.find(file) != std::string::npos) {
      return true;
    }
  }
  return false;
}

bool has_locked(const fs::path& process, std::string_view file) {
  std::error_code problem;
  for (fs::directory_iterator entry(process / "fdinfo", problem); !problem && entry != fs::directory_iterator();
       entry.increment(problem)) {
    if (holds_lock(entry->path(), file)) return true;
  }
  return false;
}

}  // namespace

std::optional<int> holder_of_lock(const std::string& path) {
  const auto file = name_in_locks(path);
  if (file.empty()) return std::nullopt;
  std::error_code problem;
  int looked = 0;
  for (fs::directory_iterator entry("/proc", problem); !problem && entry != fs::directory_iterator();
       entry.increment(problem)) {
    const auto name = entry->path().filename().string();
    int process = 0;
    const auto parsed = std::from_chars(name.data(), name.data() + name.size(), process);
    if (parsed.ec != std::errc{} || parsed.ptr != name.data() + name.size()) continue;
    if (++looked > most_processes) break;
    if (process != getpid() && has_locked(entry->path(), file)) return process;
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
