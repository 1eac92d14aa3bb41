#include "cli/plugin.h"

#include <dirent.h>
#include <unistd.h>

#include <filesystem>
#include <map>
#include <memory>

#include "cli/command_line.h"
#include "cli/config.h"
#include "cli/environment.h"
#include "cli/program_path.h"
#include "cli/search_path.h"
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/process/program_file.h"
#include "core/process/spawn.h"

namespace gilir::cli {
namespace {

constexpr std::string_view prefix = "gilir-";
constexpr std::size_t most_plugins = 200;
constexpr std::size_t most_entries = 50'000;

std::string problem_words(ProgramProblem problem) {
  switch (problem) {
    case ProgramProblem::unreadable:
      return _("it cannot be read");
    case ProgramProblem::not_a_file:
      return _("it is no file");
    case ProgramProblem::foreign_owner:
      return _("it belongs to another user of this machine");
    case ProgramProblem::writable_by_others:
      return _("others may write it; chmod go-w takes that from them");
    case ProgramProblem::not_executable:
      return _("it has no run bit; chmod +x gives it one");
  }
  return {};
}

[[noreturn]] void refuse(const std::string& path, ProgramProblem problem) {
  throw Error(ErrorCode::cannot_run).with("command", path).with("problem", problem_words(problem)).with("status", 126);
}

// Adds what lies in `directory` under names that are not taken yet.
template <class MayRun>
void look_into(const std::string& directory, std::size_t& entries, std::map<std::string, std::string>& found,
               const MayRun& may_run) {
  // Not std::filesystem, which takes 20 ms for a /usr/bin: a path is made for each of its programs.
  const std::unique_ptr<DIR, int (*)(DIR*)> listing(opendir(directory.c_str()), closedir);
  while (const dirent* entry = listing ? readdir(listing.get()) : nullptr) {
    if (++entries > most_entries) return;
    const std::string_view file(entry->d_name);
    if (!file.starts_with(prefix) || !is_name(file) || found.size() >= most_plugins) continue;
    const auto path = std::string(directory).append("/").append(file);
    if (may_run(path)) found.emplace(file.substr(prefix.size()), path);
  }
}

std::string shown_option(const std::string& name, const std::string& value) {
  return "--" + name + (value.empty() ? "" : "=" + value);
}

}  // namespace

std::string plugin_directory(const Environment& environment) {
  if (const auto named = environment.value("GILIR_PLUGINS"); !named.empty()) return std::string(named);
  const auto program = std::filesystem::path(own_program());
  return (program.parent_path().parent_path() / "libexec/gilir/plugins").string();
}

std::optional<Plugin> find_plugin(const Environment& environment, std::string_view name) {
  const auto file = std::string(prefix).append(name);
  const auto directory = plugin_directory(environment);
  const auto own = directory + "/" + file;
  std::error_code unknown;
  if (std::filesystem::exists(std::filesystem::symlink_status(own, unknown))) {
    if (const auto problem = directory_problem(directory, geteuid())) refuse(directory, *problem);
    if (const auto problem = program_problem(own, geteuid())) refuse(own, *problem);
    return Plugin{std::string(name), own};
  }
  if (const auto path = find_on_path(environment, file); !path.empty()) return Plugin{std::string(name), path};
  return std::nullopt;
}

std::vector<Plugin> list_plugins(const Environment& environment, CommandTable table) {
  std::map<std::string, std::string> found;
  std::size_t entries = 0;
  const auto directory = plugin_directory(environment);
  if (!directory_problem(directory, geteuid())) {
    look_into(directory, entries, found, [](const std::string& path) { return !program_problem(path, geteuid()); });
  }
  for (const auto& on_path : directories_of_path(environment)) look_into(on_path, entries, found, can_run);
  std::vector<Plugin> plugins;
  for (auto& [name, path] : found) {
    if (foreign_command(table, {name})) plugins.push_back({name, std::move(path)});
  }
  return plugins;
}

void become_plugin(const Environment& environment, const Plugin& plugin, const ForeignCommand& command) {
  static constexpr CommandSpec bare{};
  const auto options = Arguments::parse(bare, command.options);
  SpawnOptions launch{.program = plugin.path, .arguments = {plugin.path}};
  for (const auto& [name, values] : read_command_line(bare, command.options).options) {
    if (name == "desk" || name == "as") continue;
    launch.arguments.push_back(shown_option(name, values.empty() ? "" : values.front()));
  }
  launch.arguments.insert(launch.arguments.end(), command.rest.begin(), command.rest.end());
  launch.environment = {"GILIR=" + own_program(), "GILIR_DESK=" + choose_desk(options, environment)};
  if (const auto agent = choose_agent(options, environment); !agent.empty()) {
    launch.environment.push_back("GILIR_AGENT=" + agent);
  }
  become(launch);
}

}  // namespace gilir::cli
