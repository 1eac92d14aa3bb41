// Where gilir itself lies.
#pragma once

#include <string>

namespace gilir::cli {

// The program to start the guardian and the runner of hooks from, and what plugins find in $GILIR: the small
// gilir, also when this is gilir-full.
std::string own_program();

}  // namespace gilir::cli
