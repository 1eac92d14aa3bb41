// The words of a command line sorted into options, positionals and tail by Boost.Program_options; the typed
// view of them is Arguments.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "cli/command.h"

namespace gilir::cli {

struct CommandLine {
  std::map<std::string, std::vector<std::string>, std::less<>> options;  // by long name; flags have no value
  std::vector<std::string> positionals;
  std::vector<std::string> tail;
};

// Throws Error{usage}.
CommandLine read_command_line(const CommandSpec& command, const std::vector<std::string>& words);

// "--json" from "--json=a"; "" when `word` is no long option.
std::string_view long_option_name(std::string_view word);

}  // namespace gilir::cli
