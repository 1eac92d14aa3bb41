// Whether the programs under a desk's hooks/EVENT.d/ are ones that may run in its owner's name.
#pragma once

#include <string>
#include <vector>

#include "core/health/finding.h"

namespace gilir {

// At most this many files are looked at.
inline constexpr std::size_t most_hook_files = 1000;

// A finding for every file or folder that is not the owner's, that others may write, or that cannot be run;
// one good finding, whose fact is how many hooks there are, when there is nothing to say. Never throws.
std::vector<Finding> check_hook_files(const std::string& directory);

}  // namespace gilir
