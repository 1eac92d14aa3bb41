#include "core/health/package_version.h"

#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

#include "core/base/error.h"
#include "core/process/descriptor.h"
#include "core/process/spawn.h"

namespace gilir {
namespace {

constexpr std::size_t longest_answer = 64 * 1024;
constexpr Milliseconds patience{5000};

using Time = std::chrono::steady_clock::time_point;

Milliseconds left_until(Time end) {
  const auto left = std::chrono::duration_cast<Milliseconds>(end - std::chrono::steady_clock::now());
  return std::max(left, Milliseconds{0});
}

std::string read_until(int descriptor, Time end) {
  std::string text;
  std::array<char, 4096> part{};
  while (text.size() < longest_answer) {
    pollfd ready{.fd = descriptor, .events = POLLIN, .revents = 0};
    if (::poll(&ready, 1, static_cast<int>(left_until(end).count())) <= 0) break;
    const auto length = ::read(descriptor, part.data(), part.size());
    if (length <= 0) break;
    text.append(part.data(), static_cast<std::size_t>(length));
  }
  return text;
}

// Its output is closed, so that its end is near; nothing tells of it but looking.
std::optional<int> status_until(Child& child, Time end) {
  while (true) {
    const auto status = child.poll();
    if (status.over()) return status.shell_status();
    if (left_until(end).count() == 0) return std::nullopt;
    ::poll(nullptr, 0, 2);
  }
}

}  // namespace

Answer ask_program(const std::string& program, const std::vector<std::string>& arguments, Milliseconds limit) {
  Answer answer;
  try {
    auto pipe = make_pipe();
    SpawnOptions options;
    options.program = program;
    options.arguments = arguments;
    options.arguments.insert(options.arguments.begin(), program);
    options.environment = {"LC_ALL=C"};
    options.descriptors = {{-1, 0}, {pipe.write_end.get(), 1}, {-1, 2}};
    options.own_group = true;
    const auto end = std::chrono::steady_clock::now() + limit;
    auto child = spawn(options);
    pipe.write_end.reset();
    answer.text = read_until(pipe.read_end.get(), end);
    // Who still writes is told that nobody reads.
    pipe.read_end.reset();
    answer.status = status_until(child, end);
  } catch (const Error&) {
    // Not to be had is an answer too.
  }
  return answer;
}

std::optional<std::string> package_version(const std::string& file) {
  // Packages name files as they were shipped, not by the links that lead there.
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(file.c_str(), nullptr), &std::free);
  if (!real) return std::nullopt;
  std::string path = real.get();
  auto owner = ask_program("dpkg-query", {"-S", path}, patience);
  // Packages of before the merge of /lib into /usr name the old place.
  if (owner.status != 0 && path.starts_with("/usr/"))
    owner = ask_program("dpkg-query", {"-S", path.substr(4)}, patience);
  const auto colon = owner.text.find(": ");
  if (owner.status != 0 || colon == std::string::npos) return std::nullopt;
  const auto version = ask_program("dpkg-query", {"-W", "-f", "${Version}", owner.text.substr(0, colon)}, patience);
  if (version.status != 0 || version.text.empty() || version.text.size() > 200) return std::nullopt;
  return version.text;
}

}  // namespace gilir
