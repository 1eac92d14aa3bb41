// What a person is told when a server is held: by whom, since when, for which ticket, why that may be the
// same problem, the line, and what can be done.
#pragma once

#include <vector>

#include "cli/output/error_words.h"
#include "cli/output/style.h"
#include "core/base/error.h"

namespace gilir::cli {

// The sentence for Error{held}.
ErrorWords held_words(const Error& error);

// Lines to show below the sentence of Error{held} and Error{timed_out}, from their details; empty when the
// details say nothing more. Never throws for details that it does not understand.
std::vector<Line> held_lines(const Error& error, NextSteps next);

}  // namespace gilir::cli
