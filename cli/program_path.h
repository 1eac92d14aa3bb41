// Where gilir itself lies.
#pragma once

#include <string>

namespace gilir::cli {

// The file that this process runs, also where /proc is hidden. "" when nobody says which it is.
std::string running_file();

// The program to start the guardian and the runner of hooks from, and what plugins find in $GILIR: the small
// gilir, also when this is gilir-full.
std::string own_program();

}  // namespace gilir::cli
