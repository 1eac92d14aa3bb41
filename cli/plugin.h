// Commands that are programs of their own: `gilir-NAME` in the plugin directory, else on PATH, becomes `gilir
// NAME`. gilir becomes the program (no shell, no process between) with the arguments as they were given;
// built-in commands are never replaced. plugins/README.md is the contract.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/arguments.h"
#include "cli/command.h"

namespace gilir::cli {

struct Plugin {
  std::string name;
  std::string path;
};

// $GILIR_PLUGINS, else libexec/gilir/plugins beside the directory that gilir lies in.
std::string plugin_directory(const Environment& environment);

// Error{cannot_run} for one in the plugin directory that another user could have written, or without a run
// bit.
std::optional<Plugin> find_plugin(const Environment& environment, std::string_view name);

// All that can be run and that `table` has no command for, by name; at most 200, from a bounded look at the
// directories. For help and completion only: it reads every directory of PATH.
std::vector<Plugin> list_plugins(const Environment& environment, CommandTable table);

// Becomes the plugin, with $GILIR, $GILIR_DESK and, when an agent is named, $GILIR_AGENT as the options in
// front of its name, the environment and the config say; other options in front are handed on as its first
// arguments. Throws Error{usage, cannot_run}.
[[noreturn]] void become_plugin(const Environment& environment, const Plugin& plugin, const ForeignCommand& command);

}  // namespace gilir::cli
