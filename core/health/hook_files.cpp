#include "core/health/hook_files.h"

#include <errno.h>
#include <fmt/format.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <optional>

namespace gilir {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_told = 20;

// What is wrong with a file or folder, following links as running it would.
std::optional<Finding> check_path(const std::string& path, bool runs) {
  struct stat facts {};
  if (stat(path.c_str(), &facts) != 0) {
    return Finding{Check::hooks, Health::problem, Because::unreadable, path, strerror(errno)};
  }
  if (facts.st_uid != geteuid()) {
    return Finding{Check::hooks, Health::problem, Because::foreign_owner, path, std::to_string(facts.st_uid)};
  }
  if ((facts.st_mode & 0022) != 0) {
    return Finding{Check::hooks, Health::problem, Because::open_to_others, path,
                   fmt::format("{:04o}", facts.st_mode & 07777)};
  }
  if (runs && (facts.st_mode & S_IXUSR) == 0) {
    return Finding{Check::hooks, Health::warning, Because::not_executable, path, ""};
  }
  return std::nullopt;
}

// The entries of a folder in order of name; none when it cannot be read.
std::vector<fs::path> entries(const fs::path& folder) {
  std::vector<fs::path> found;
  std::error_code problem;
  for (fs::directory_iterator entry(folder, problem); !problem && entry != fs::directory_iterator();
       entry.increment(problem)) {
    if (found.size() > most_hook_files) break;
    found.push_back(entry->path());
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace

std::vector<Finding> check_hook_files(const std::string& directory) {
  const fs::path hooks = directory + "/hooks";
  std::error_code none;
  if (!fs::exists(fs::symlink_status(hooks, none)))
    return {{Check::hooks, Health::ok, Because::fine, hooks.string(), "0"}};
  std::vector<Finding> findings;
  const auto tell = [&](std::optional<Finding> finding) {
    if (finding && findings.size() < most_told) findings.push_back(std::move(*finding));
  };
  tell(check_path(hooks.string(), false));
  std::size_t files = 0;
  for (const auto& folder : entries(hooks)) {
    if (folder.extension() != ".d" || !fs::is_directory(folder, none)) continue;
    tell(check_path(folder.string(), false));
    for (const auto& file : entries(folder)) {
      // Editors' leftovers and notes beside the hooks.
      if (file.filename().string().starts_with('.') || fs::is_directory(file, none)) continue;
      if (++files > most_hook_files) break;
      tell(check_path(file.string(), true));
    }
  }
  if (files > most_hook_files)
    tell(Finding{Check::hooks, Health::warning, Because::too_many, hooks.string(),
                 std::to_string(most_hook_files)});
  if (findings.empty())
    findings.push_back({Check::hooks, Health::ok, Because::fine, hooks.string(), std::to_string(files)});
  return findings;
}

}  // namespace gilir
