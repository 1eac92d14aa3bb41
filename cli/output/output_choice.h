// How to print, decided from the command line, the environment and the terminal.
#pragma once

#include "cli/arguments.h"
#include "cli/environment.h"
#include "cli/output/output.h"

namespace gilir::cli {

struct TerminalFacts {
  bool input = false;  // stdin is a terminal, and so on
  bool output = false;
  bool errors = false;
  std::size_t width = 0;  // 0 when the terminal does not say
};

// Asks the process's own descriptors.
TerminalFacts terminal_facts();

// --color, NO_COLOR (no-color.org) and TERM for colour; the terminal, COLUMNS, else 80 for width. Throws
// Error{usage} for an unknown --color or --format.
OutputOptions choose_output(const Arguments& arguments, const Environment& environment, const TerminalFacts& terminal);
// Before the command line is understood.
OutputOptions choose_output(bool json, const Environment& environment, const TerminalFacts& terminal);

}  // namespace gilir::cli
