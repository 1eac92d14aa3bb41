#include "core/hooks/hook_files.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "core/event/event.h"
#include "core/process/program_file.h"

namespace gilir {
namespace {

constexpr std::string_view folder_ending = ".d";

bool is_no_hook(std::string_view name) {
  return name.starts_with('.') || name.ends_with(".conf") || name.ends_with(".secret") || name.ends_with('~');
}

// The names in a directory, sorted; nothing when it cannot be read.
std::optional<std::vector<std::string>> names_in(const std::string& directory) {
  std::error_code problem;
  std::vector<std::string> names;
  std::filesystem::directory_iterator entry(directory, problem);
  for (const std::filesystem::directory_iterator end; !problem && entry != end; entry.increment(problem)) {
    names.push_back(entry->path().filename().string());
  }
  if (problem) return std::nullopt;
  std::ranges::sort(names);
  return names;
}

void look_into_folder(const std::string& directory, const std::string& folder, HookFiles& found) {
  const auto refuse = [&](const std::string& name, std::string_view because) {
    found.problems.push_back({name, std::string(because)});
  };
  const auto event = folder.substr(0, folder.size() - folder_ending.size());
  if (event != "all" && !event_kind_from_name(event)) return refuse(folder, "no_such_event");
  const auto path = directory + "/" + folder;
  if (const auto problem = directory_problem(path, geteuid())) return refuse(folder, enum_name(*problem));
  const auto names = names_in(path);
  if (!names) return refuse(folder, enum_name(ProgramProblem::unreadable));
  auto& hooks = found.folders[event];
  for (const auto& name : *names) {
    if (is_no_hook(name)) continue;
    const Hook hook{folder + "/" + name, path + "/" + name};
    if (hooks.size() == most_hooks_in_a_folder) return refuse(folder, "too_many");
    if (const auto problem = program_problem(hook.path, geteuid()))
      refuse(hook.name, enum_name(*problem));
    else
      hooks.push_back(hook);
  }
}

}  // namespace

std::string hooks_directory(const std::string& desk_directory) {
  return desk_directory + "/hooks";
}

HookFiles find_hooks(const std::string& desk_directory) {
  HookFiles found;
  const auto directory = hooks_directory(desk_directory);
  if (access(directory.c_str(), F_OK) != 0) return found;
  if (const auto problem = directory_problem(directory, geteuid())) {
    found.problems.push_back({".", std::string(enum_name(*problem))});
    return found;
  }
  // Its log and the runner's lock lie there: without them nothing runs, and nothing else would say so.
  if (access(directory.c_str(), W_OK) != 0) found.problems.push_back({".", "not_writable"});
  const auto names = names_in(directory);
  if (!names) found.problems.push_back({".", std::string(enum_name(ProgramProblem::unreadable))});
  for (const auto& name : names.value_or(std::vector<std::string>{})) {
    if (name.ends_with(folder_ending) && !name.starts_with('.')) look_into_folder(directory, name, found);
  }
  return found;
}

std::vector<Hook> HookFiles::for_event(std::string_view kind) const {
  std::vector<Hook> hooks;
  for (const auto name : {kind, std::string_view("all")}) {
    const auto folder = folders.find(name);
    if (folder != folders.end()) hooks.insert(hooks.end(), folder->second.begin(), folder->second.end());
  }
  return hooks;
}

}  // namespace gilir
