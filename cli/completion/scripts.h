// The scripts under completions/, which are part of the program.
#pragma once

#include <string_view>

namespace gilir::cli {

extern const std::string_view bash_completion;
extern const std::string_view fish_completion;
extern const std::string_view zsh_completion;

}  // namespace gilir::cli
