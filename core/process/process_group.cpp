#include "core/process/process_group.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <memory>
#include <sstream>
#include <string_view>
#include <vector>

#include "core/process/descriptor.h"

namespace gilir {
namespace {

struct ProcessFacts {
  char state = 0;
  std::int64_t parent = 0;
  std::int64_t group = 0;
  std::int64_t start = 0;

  bool lives() const { return state != 0 && state != 'Z' && state != 'X'; }
};

// What can be read of it: a process may go at any moment, with ESRCH from a file of its that is open. At most 1 MiB.
std::string read_file(const std::string& path) {
  constexpr std::size_t most = 1 << 20;
  std::string text;
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  std::array<char, 4096> part;
  while (file && text.size() < most) {
    const auto got = ::read(file.get(), part.data(), part.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    text.append(part.data(), static_cast<std::size_t>(got));
  }
  return text;
}

// proc(5), /proc/PID/stat: the name, the second field, may contain anything and ends with the last parenthesis.
ProcessFacts facts_of(std::int64_t process) {
  const auto text = read_file("/proc/" + std::to_string(process) + "/stat");
  const auto name_end = text.rfind(')');
  if (name_end == std::string::npos) return {};
  std::istringstream rest(text.substr(name_end + 1));
  ProcessFacts facts;
  rest >> facts.state >> facts.parent >> facts.group;
  // From the session, field 6, up to what comes before the start, field 22.
  std::string skipped;
  for (int field = 6; field < 22; ++field) rest >> skipped;
  rest >> facts.start;
  return rest ? facts : ProcessFacts{};
}

std::string namespace_of(const char* kind) {
  struct stat about {};
  const auto path = std::string("/proc/self/ns/") + kind;
  return ::stat(path.c_str(), &about) == 0 ? std::to_string(about.st_ino) : std::string();
}

std::string find_world() {
  auto boot = read_file("/proc/sys/kernel/random/boot_id");
  boot.erase(std::min(boot.find('\n'), boot.size()));
  const auto processes = namespace_of("pid");
  // A /proc of another namespace shows this process under another number, or not at all.
  std::array<char, 32> self{};
  const auto size = ::readlink("/proc/self", self.data(), self.size());
  const std::string_view shown(self.data(), size > 0 ? static_cast<std::size_t>(size) : 0);
  if (boot.empty() || processes.empty() || shown != std::to_string(::getpid())) return {};
  return boot + "/" + processes + "/" + namespace_of("time");
}

// The living processes of a group. Looks at every process: for groups that have lost their leader.
std::vector<std::int64_t> members_of(std::int64_t group) {
  std::vector<std::int64_t> members;
  const std::unique_ptr<DIR, int (*)(DIR*)> directory(::opendir("/proc"), ::closedir);
  if (!directory) return members;
  while (const auto* entry = ::readdir(directory.get())) {
    const std::string_view name(entry->d_name);
    std::int64_t process = 0;
    const auto parsed = std::from_chars(name.data(), name.data() + name.size(), process);
    if (parsed.ec != std::errc() || parsed.ptr != name.data() + name.size()) continue;
    const auto facts = facts_of(process);
    if (facts.group == group && facts.lives()) members.push_back(process);
  }
  return members;
}

bool has_mark(std::int64_t process, const EnvironmentWord& mark) {
  const auto environment = read_file("/proc/" + std::to_string(process) + "/environ");
  for (std::string_view rest(environment); !rest.empty();) {
    const auto entry = rest.substr(0, rest.find('\0'));
    rest.remove_prefix(std::min(entry.size() + 1, rest.size()));
    const auto equals = entry.find('=');
    if (equals == std::string_view::npos || entry.substr(0, equals) != mark.variable) continue;
    const auto words = " " + std::string(entry.substr(equals + 1)) + " ";
    return words.find(" " + mark.word + " ") != std::string::npos;
  }
  return false;
}

}  // namespace

const std::string& process_world() {
  static const std::string world = find_world();
  return world;
}

std::int64_t start_of_process(std::int64_t process) {
  const auto facts = facts_of(process);
  return facts.lives() ? facts.start : 0;
}

bool descends_from(std::int64_t process) {
  // More generations than any machine has; a number that was given anew meanwhile could lead in a circle.
  constexpr int most_generations = 1000;
  std::int64_t at = ::getpid();
  for (int i = 0; i < most_generations && at > 1; ++i) {
    if (at == process) return true;
    at = facts_of(at).parent;
  }
  return false;
}

bool is_alive(const ProcessGroup& group) {
  if (group.number < 2) return false;
  const bool may_signal = ::kill(static_cast<pid_t>(-group.number), 0) == 0;
  if (!may_signal && errno == ESRCH) return false;
  const auto leader = facts_of(group.number);
  if (leader.lives() && leader.group == group.number) return leader.start == group.leader_start;
  // The number of a group is given to no new process while the group has any: another one has it, so it was free.
  if (leader.lives() && leader.start != group.leader_start) return false;
  // Another user's may be hidden from us (the hidepid option of /proc).
  return !members_of(group.number).empty() || (!may_signal && leader.state == 0);
}

bool signal_group(const ProcessGroup& group, int signal, const EnvironmentWord& mark) {
  if (group.number < 2) return false;
  const auto leader = facts_of(group.number);
  bool is_certain = leader.state != 0 && leader.start == group.leader_start;
  if (!is_certain && leader.state == 0) {
    for (const auto member : members_of(group.number)) is_certain = is_certain || has_mark(member, mark);
  }
  if (!is_certain || ::kill(static_cast<pid_t>(-group.number), signal) != 0) return false;
  ::kill(static_cast<pid_t>(-group.number), SIGCONT);
  return true;
}

}  // namespace gilir
