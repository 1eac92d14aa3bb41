// The program from argv to exit code, without the process around it, so that tests can run it.
#pragma once

#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/input.h"
#include "cli/output/output_choice.h"
#include "cli/output/sink.h"
#include "core/base/error.h"

namespace gilir::cli {

struct ProgramParts {
  std::vector<std::string> words;  // argv without the program's name
  CommandTable table;
  const Environment& environment;
  const Clock& clock;
  TerminalFacts terminal;
  Input& input;
  Sink& out;
  Sink& errors;
  // Replaces the process by gilir-full with the same words, for commands that need SSH. Returns only by
  // throwing; null when there is nothing to replace it by.
  void (*run_full)() = nullptr;
};

// The exit code that an error ends the program with: 128 + signal after an interruption, 126 or 127 for a program
// that cannot be run, else as CLI.md lists it.
int exit_code_of(const Error& error);

// Never throws. 141 (as if killed by SIGPIPE) when whoever read the output is gone.
int run_program(const ProgramParts& parts);

}  // namespace gilir::cli
