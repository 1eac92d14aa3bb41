#include "core/process/spawn.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <string_view>
#include <system_error>

#include "core/base/error.h"
#include "core/process/descriptor.h"

namespace gilir {

namespace {

constexpr int gate_was_closed = -1;
constexpr int group_is_made = 0;

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (auto& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

std::vector<std::string> merged_environment(const std::vector<std::string>& additions) {
  const auto name_of = [](std::string_view entry) { return entry.substr(0, entry.find('=')); };
  std::vector<std::string> merged;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const bool replaced = std::any_of(additions.begin(), additions.end(), [&](const std::string& addition) {
      return name_of(addition) == name_of(*entry);
    });
    if (!replaced) merged.emplace_back(*entry);
  }
  merged.insert(merged.end(), additions.begin(), additions.end());
  return merged;
}

std::vector<std::string> candidate_paths(const std::string& program, std::string_view search_path) {
  // The shell that may have to run it would take a leading dash for an option.
  if (program.starts_with('-') && program.find('/') != std::string::npos) return {"./" + program};
  if (program.empty() || program.find('/') != std::string::npos) return {program};
  std::vector<std::string> paths;
  while (true) {
    const auto colon = search_path.find(':');
    const auto directory = search_path.substr(0, colon);
    paths.push_back((directory.empty() ? std::string(".") : std::string(directory)) + "/" + program);
    if (colon == std::string_view::npos) return paths;
    search_path.remove_prefix(colon + 1);
  }
}

// The child's copies are kept out of the way of the targets that they will be moved to, and no higher: a limit on open
// files is one on their numbers.
int first_parked_descriptor(const std::vector<SpawnOptions::Given>& descriptors) {
  int first = STDERR_FILENO + 1;
  for (const auto& given : descriptors) first = std::max(first, given.target + 1);
  return first;
}

Descriptor park(int source, int first) {
  Descriptor parked(::fcntl(source, F_DUPFD_CLOEXEC, first));
  if (!parked) throw_system_error("passing a descriptor to a child", errno);
  return parked;
}

// The words with which /bin/sh runs a file; where the file's name goes is left empty.
std::vector<char*> pointers_to_script(std::vector<std::string>& arguments) {
  static char shell[] = "/bin/sh";
  std::vector<char*> pointers{shell, nullptr};
  for (std::size_t i = 1; i < arguments.size(); ++i) pointers.push_back(arguments[i].data());
  pointers.push_back(nullptr);
  return pointers;
}

}  // namespace

// Everything the child needs, laid out before the fork: the child may not allocate until it has passed the gate.
struct LaunchPlan {
  explicit LaunchPlan(const SpawnOptions& given)
      : options(given),
        arguments(given.arguments),
        environment(merged_environment(given.environment)),
        candidates(candidate_paths(given.program, given.search_path)),
        argument_pointers(pointers_to(arguments)),
        script_pointers(pointers_to_script(arguments)),
        environment_pointers(pointers_to(environment)) {
    const int first = first_parked_descriptor(given.descriptors);
    for (const auto& [source, target] : given.descriptors) {
      if (source < 0 && !null_device) {
        null_device = Descriptor(::open("/dev/null", O_RDWR | O_CLOEXEC));
        if (!null_device) throw_system_error("/dev/null", errno);
      }
      parked.push_back(park(source < 0 ? null_device.get() : source, first));
    }
    auto reports = make_pipe();
    report_reader = std::move(reports.read_end);
    report_writer = park(reports.write_end.get(), first);
    auto gate = make_pipe();
    gate_reader = park(gate.read_end.get(), first);
    gate_writer = std::move(gate.write_end);
  }

  SpawnOptions options;
  pid_t parent = ::getpid();
  std::vector<std::string> arguments;
  std::vector<std::string> environment;
  std::vector<std::string> candidates;
  std::vector<char*> argument_pointers;
  mutable std::vector<char*> script_pointers;
  std::vector<char*> environment_pointers;
  std::vector<Descriptor> parked;
  Descriptor null_device;
  Descriptor report_reader;
  Descriptor report_writer;
  Descriptor gate_reader;
  Descriptor gate_writer;
  std::optional<int> first_report;
};

namespace {

// From here to run_in_child(): in the child (or in who becomes the program), so async-signal-safe calls only, but for
// the environment that came through the gate.

void report(const LaunchPlan& plan, int number) {
  // A parent that is gone needs no report.
  [[maybe_unused]] const auto written = ::write(plan.report_writer.get(), &number, sizeof number);
}

bool arrange_descriptors(const LaunchPlan& plan) {
  for (std::size_t i = 0; i < plan.parked.size(); ++i) {
    if (::dup2(plan.parked[i].get(), plan.options.descriptors[i].target) < 0) return false;
  }
  if (!plan.options.close_others) return true;
  if (::close_range(3, ~0U, CLOSE_RANGE_CLOEXEC) != 0) return false;
  for (const auto& given : plan.options.descriptors) {
    if (given.target >= 3 && ::fcntl(given.target, F_SETFD, 0) != 0) return false;
  }
  return true;
}

// What the parent says at the gate; `size` bytes of environment follow, each entry with a NUL at its end.
struct GateMessage {
  int terminal = -1;
  std::uint32_t size = 0;
};

bool read_whole(int descriptor, char* into, std::size_t size) {
  for (std::size_t done = 0; done < size;) {
    const auto got = ::read(descriptor, into + done, size - done);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    done += static_cast<std::size_t>(got);
  }
  return true;
}

// Allocates, once the gate is open.
void add_environment(LaunchPlan& plan, std::string_view entries) {
  std::vector<std::string> additions;
  for (; !entries.empty(); entries.remove_prefix(additions.back().size() + 1))
    additions.emplace_back(entries.substr(0, entries.find('\0')));
  plan.options.environment.insert(plan.options.environment.end(), additions.begin(), additions.end());
  plan.environment = merged_environment(plan.options.environment);
  plan.environment_pointers = pointers_to(plan.environment);
}

void wait_at_gate(LaunchPlan& plan) {
  // The child's own copy of the writing end would keep the gate from ever closing.
  ::close(plan.gate_writer.get());
  GateMessage message;
  if (!read_whole(plan.gate_reader.get(), reinterpret_cast<char*>(&message), sizeof message)) {
    report(plan, gate_was_closed);
    ::_exit(127);
  }
  if (message.terminal >= 0) plan.options.terminal = message.terminal;
  if (message.size == 0) return;
  std::string entries(message.size, '\0');
  if (!read_whole(plan.gate_reader.get(), entries.data(), entries.size())) ::_exit(127);
  add_environment(plan, entries);
}

void reset_signals() {
  struct sigaction standard {};
  standard.sa_handler = SIG_DFL;
  ::sigaction(SIGPIPE, &standard, nullptr);
  ::sigaction(SIGXFSZ, &standard, nullptr);
  ::sigaction(SIGCHLD, &standard, nullptr);
  sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
}

// As shells tell: a script has no NUL before the end of its first line, of which they look at so many bytes.
bool is_script(const char* file) {
  std::array<char, 128> start;
  const int descriptor = ::open(file, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return false;
  const auto got = ::read(descriptor, start.data(), start.size());
  ::close(descriptor);
  for (ssize_t i = 0; i < got; ++i) {
    if (start[static_cast<std::size_t>(i)] == '\n') return true;
    if (start[static_cast<std::size_t>(i)] == '\0') return false;
  }
  return true;
}

// What the system does not know how to run is a script for the shell: POSIX says so of execvp(3).
void exec_candidate(const LaunchPlan& plan, const std::string& candidate) {
  ::execve(candidate.c_str(), plan.argument_pointers.data(), plan.environment_pointers.data());
  if (errno != ENOEXEC) return;
  if (!is_script(candidate.c_str())) {
    errno = ENOEXEC;
    return;
  }
  plan.script_pointers[1] = const_cast<char*>(candidate.c_str());
  ::execve(plan.script_pointers.front(), plan.script_pointers.data(), plan.environment_pointers.data());
}

// As a shell chooses: a file that may not be run is passed over for a later one, and remembered. Where a folder of the
// search path may not be looked into, nothing is known to stand there.
int exec_first_candidate(const LaunchPlan& plan) {
  const bool was_searched = plan.candidates.size() > 1;
  int problem = ENOENT;
  for (const auto& candidate : plan.candidates) {
    exec_candidate(plan, candidate);
    struct stat file {};
    if (errno == EACCES) {
      if (!was_searched || ::stat(candidate.c_str(), &file) == 0) problem = EACCES;
    } else if (errno != ENOENT && errno != ENOTDIR) {
      return errno;
    }
  }
  return problem;
}

[[noreturn]] void run_in_child(LaunchPlan& plan) {
  const auto& options = plan.options;
  const auto fail = [&] {
    report(plan, errno);
    ::_exit(127);
  };
  if (options.own_session) {
    if (::setsid() < 0) fail();
  } else if (options.own_group) {
    if (::setpgid(0, 0) != 0) fail();
  }
  if (options.signal_at_our_death != 0) {
    if (::prctl(PR_SET_PDEATHSIG, options.signal_at_our_death) != 0) fail();
    // It may have died before it was asked for.
    if (::getppid() != plan.parent) ::_exit(127);
  }
  report(plan, group_is_made);
  wait_at_gate(plan);
  // All signals are still blocked, TTOU too, which makes taking the terminal from the background possible.
  if (options.terminal && ::tcsetpgrp(*options.terminal, ::getpgrp()) != 0) fail();
  if (!arrange_descriptors(plan)) fail();
  if (!options.directory.empty() && ::chdir(options.directory.c_str()) != 0) fail();
  reset_signals();
  errno = exec_first_candidate(plan);
  fail();
  ::_exit(127);
}

// The next report, or nothing when the child has run its program (or died).
std::optional<int> read_report(const LaunchPlan& plan) {
  int number = 0;
  ssize_t got = 0;
  do {
    got = ::read(plan.report_reader.get(), &number, sizeof number);
  } while (got < 0 && errno == EINTR);
  return got == sizeof number ? std::optional(number) : std::nullopt;
}

class AllSignalsBlocked {
 public:
  AllSignalsBlocked() {
    sigset_t all;
    ::sigfillset(&all);
    ::sigprocmask(SIG_SETMASK, &all, &previous_);
  }
  ~AllSignalsBlocked() { ::sigprocmask(SIG_SETMASK, &previous_, nullptr); }
  AllSignalsBlocked(const AllSignalsBlocked&) = delete;
  AllSignalsBlocked& operator=(const AllSignalsBlocked&) = delete;

 private:
  sigset_t previous_{};
};

[[noreturn]] void refuse(const SpawnOptions& options, int problem) {
  const bool absent = problem == ENOENT || problem == ENOTDIR;
  throw Error(ErrorCode::cannot_run)
      .with("command", options.program)
      .with("problem", std::generic_category().message(problem))
      .with("status", absent ? 127 : 126);
}

}  // namespace

Launch::Launch(const SpawnOptions& options) : plan_(std::make_unique<LaunchPlan>(options)) {
  {
    // Between fork and exec a signal must not run a handler of ours in the child.
    AllSignalsBlocked blocked;
    const pid_t process = ::fork();
    if (process < 0) throw_system_error("fork", errno);
    if (process == 0) run_in_child(*plan_);
    child_ = Child(process, options.own_group || options.own_session);
  }
  plan_->report_writer.reset();
  plan_->first_report = read_report(*plan_);
}

Launch::Launch(Launch&&) noexcept = default;
Launch& Launch::operator=(Launch&&) noexcept = default;
Launch::~Launch() = default;

Child Launch::run(const std::vector<std::string>& environment, std::optional<int> terminal) {
  auto& plan = *plan_;
  auto number = plan.first_report;
  if (number == group_is_made) {
    if (plan.options.before_exec) plan.options.before_exec(child_.process());
    std::string entries;
    for (const auto& entry : environment) entries.append(entry).push_back('\0');
    const GateMessage message{terminal.value_or(-1), static_cast<std::uint32_t>(entries.size())};
    // The gate's reading end stays open here as well: writing to a child that was killed must raise no PIPE.
    write_all(plan.gate_writer.get(), std::string(reinterpret_cast<const char*>(&message), sizeof message) + entries);
    number = read_report(plan);
  }
  if (number) {
    child_.wait();
    refuse(plan.options, *number);
  }
  return std::move(child_);
}

Child spawn(const SpawnOptions& options) {
  return Launch(options).run();
}

void become(const SpawnOptions& options) {
  const LaunchPlan plan(options);
  reset_signals();
  refuse(options, exec_first_candidate(plan));
}

}  // namespace gilir
