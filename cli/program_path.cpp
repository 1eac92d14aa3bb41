#include "cli/program_path.h"

#include <unistd.h>

#include <array>
#include <climits>
#include <string_view>

namespace gilir::cli {

std::string own_program() {
  std::array<char, PATH_MAX> path{};
  const auto length = readlink("/proc/self/exe", path.data(), path.size() - 1);
  if (length <= 0) return "gilir";
  std::string program(path.data(), static_cast<std::size_t>(length));
  constexpr std::string_view full = "libexec/gilir/gilir-full";
  if (program.ends_with(full)) program.replace(program.size() - full.size(), full.size(), "bin/gilir");
  return program;
}

}  // namespace gilir::cli
