#include "cli/program_path.h"

#include <limits.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <unistd.h>

#include <array>
#include <string_view>

namespace gilir::cli {

std::string running_file() {
  std::array<char, PATH_MAX> path{};
  const auto length = readlink("/proc/self/exe", path.data(), path.size() - 1);
  if (length > 0) return {path.data(), static_cast<std::size_t>(length)};
  // What the kernel was asked to run: a path, by which the file is still to be found.
  const auto* asked = reinterpret_cast<const char*>(getauxval(AT_EXECFN));
  if (asked == nullptr || realpath(asked, path.data()) == nullptr) return {};
  return path.data();
}

std::string own_program() {
  auto program = running_file();
  if (program.empty()) return "gilir";
  constexpr std::string_view full = "libexec/gilir/gilir-full";
  if (program.ends_with(full)) program.replace(program.size() - full.size(), full.size(), "bin/gilir");
  return program;
}

}  // namespace gilir::cli
