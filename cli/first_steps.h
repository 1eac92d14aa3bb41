// The commands that somebody new types next.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "cli/output/output.h"

namespace gilir::cli {

// Command lines and what each is for, one below the other.
inline void show_steps(Output& output, const std::vector<std::pair<std::string, std::string>>& steps) {
  std::size_t widest = 0;
  for (const auto& [command, about] : steps) widest = std::max(widest, command.size());
  for (const auto& [command, about] : steps) {
    output.line({"  ", accent(command), std::string(widest - command.size() + 2, ' '), dim(about)});
  }
}

}  // namespace gilir::cli
