// Whether a desk's directory and the files in it are its owner's alone, on a file system that can carry them.
#pragma once

#include <string>
#include <vector>

#include "core/health/finding.h"

namespace gilir {

// Lets nobody else into a directory of our own that holds a desk of our own. True when that changed something.
bool close_to_others(const std::string& directory);

// One finding about the directory and, unless it is missing, one about its file system. Never throws.
std::vector<Finding> check_desk_files(const std::string& directory);

// Group and world bits, as "0750"; "" when the mode has none.
std::string bits_of_others(unsigned mode);

}  // namespace gilir
