#include "cli/search_path.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

namespace gilir::cli {

std::vector<std::string> directories_of_path(const Environment& environment) {
  std::vector<std::string> directories;
  for (auto rest = environment.value("PATH"); !rest.empty();) {
    const auto directory = rest.substr(0, rest.find(':'));
    rest.remove_prefix(std::min(directory.size() + 1, rest.size()));
    if (directory.starts_with('/')) directories.emplace_back(directory);
  }
  return directories;
}

bool can_run(const std::string& path) {
  std::error_code unknown;
  return std::filesystem::is_regular_file(path, unknown) && access(path.c_str(), X_OK) == 0;
}

std::string find_on_path(const Environment& environment, std::string_view name) {
  for (const auto& directory : directories_of_path(environment)) {
    const auto path = std::string(directory).append("/").append(name);
    if (can_run(path)) return path;
  }
  return {};
}

}  // namespace gilir::cli
