// Where a shell looks for a user's own completions, and putting gilir's there.
#pragma once

#include <string>
#include <string_view>

#include "cli/environment.h"
#include "core/base/describe.h"

namespace gilir::cli {

// A shell whose completion gilir has.
struct Shell {
  std::string_view name;
  std::string_view script;
};

// By name ("zsh") or path ("/usr/bin/zsh"); null for others.
const Shell* find_shell(std::string_view name);

struct InstalledCompletion {
  std::string path;
  // A line for `setup_file` without which the shell does not look at the path; both empty when nothing is
  // needed.
  std::string setup_line;
  std::string setup_file;
};
BOOST_DESCRIBE_STRUCT(InstalledCompletion, (), (path, setup_line, setup_file))

// Writes the script; files of the user other than that one are read only. Throws Error{usage, failed}.
InstalledCompletion install_completion(const Shell& shell, const Environment& environment);

}  // namespace gilir::cli
