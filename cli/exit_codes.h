// What the exit codes of gilir mean: `gilir help exit-codes` and the manual page say it from here.
#pragma once

#include <span>
#include <string_view>

namespace gilir::cli {

struct ExitCodeMeaning {
  std::string_view code;  // "75"; "128+N" for those of signals
  const char* about = "";
};

// In order of the code. A command's own help names what is special with it (CommandSpec::exit_codes).
std::span<const ExitCodeMeaning> exit_code_meanings();

}  // namespace gilir::cli
