// Words for errors: each ErrorCode with its details becomes what happened and what to do next, in the user's
// language. A test fails when a code or a UsageProblem has no words.
#pragma once

#include <string>
#include <vector>

#include "cli/output/style.h"
#include "core/base/error.h"

namespace gilir::cli {

class Output;

// Neither part ends in a full stop; texts from outside may be in both, so show them through Output only.
struct ErrorWords {
  std::string message;
  std::string hint;  // "" when there is nothing useful to say
};

ErrorWords error_words(const Error& error);

// Whether the commands that help are named, or a question that offers the same follows.
enum class NextSteps { named, asked };

// `gilir: WHAT. HINT.` on stderr, or with JSON {"schema":1,"error":{code,message,hint,details}} there.
// A held server is shown at length (held_words.h).
void show_error(Output& output, const Error& error, NextSteps next = NextSteps::named);

}  // namespace gilir::cli
