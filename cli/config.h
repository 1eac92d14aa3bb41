// Which desk and which agent, and the user's config file.
//
// The file holds `key=value` lines; `desk`, `agent` and `heads` are gilir's, all other lines are kept as they are.
// Lines that start with # are comments. A relative XDG directory is ignored, as the XDG Base Directory
// Specification says.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/arguments.h"
#include "cli/environment.h"

namespace gilir::cli {

struct Config {
  std::string desk;   // a directory or URL; "" when not set
  std::string agent;  // "" when not set
  std::string heads;  // a file whose last line is a head of the log; "" when not set
};

// $XDG_CONFIG_HOME/gilir/config, else ~/.config/gilir/config. Throws Error{usage} when neither is known.
std::string config_path(const Environment& environment);

// An absent file is an empty config, and so is one in a directory that this user may not enter. Throws Error{usage}
// when it cannot be read, is longer than 64 KiB or is not UTF-8.
Config read_config(const std::string& path);

// Sets keys, keeps every other line, and makes the file (0600) and its directory (0700) when absent. Readers
// see the old file or the new one, never a part. Throws Error{invalid} for a value with a line break and
// Error{failed} when the file cannot be written.
void write_config(const std::string& path, const std::vector<std::pair<std::string, std::string>>& values);

// --desk, $GILIR_DESK, the config, else the default directory. Directories are made absolute; URLs (with
// "://") stay as they are.
std::string choose_desk(const Arguments& arguments, const Environment& environment);
// $XDG_DATA_HOME/gilir/desk, else ~/.local/share/gilir/desk.
std::string default_desk(const Environment& environment);
// --as, $GILIR_AGENT, the config; "" when none is named.
std::string choose_agent(const Arguments& arguments, const Environment& environment);

// The config's file of heads when the config's desk is the one that choose_desk() gives; else "".
std::string choose_heads(const Arguments& arguments, const Environment& environment);

// $HOME when absolute, else the home of the password database; "" when neither is one.
std::string home_directory(const Environment& environment);
// $`variable` when absolute, else `below_home` in the home directory. Throws Error{usage} when there is none.
std::string user_directory(const Environment& environment, std::string_view variable, std::string_view below_home);
// Makes or replaces the file (0600); readers see the old one or the new one. Throws Error{failed}.
void write_atomically(const std::string& path, std::string_view text);
// Makes the directories above the file `path`, 0700 each. Throws Error{failed}.
void make_directories(const std::string& path);

}  // namespace gilir::cli
