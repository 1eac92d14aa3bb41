// Whether a desk's write gate can be passed, how long that takes, and who holds it when it cannot.
#pragma once

#include <optional>
#include <string>

#include "core/base/clock.h"
#include "core/health/finding.h"

namespace gilir {

// Passes the gate and leaves it again at once; waits at most `limit`. The fact is how many milliseconds it
// took, or the process that holds it ("" when that cannot be seen). A gate that no write has made yet is
// fine. Never throws.
Finding check_gate(const std::string& directory, Milliseconds limit);

// A process of this machine that holds a write lock on the file, by what /proc tells of this user's
// processes.
std::optional<int> holder_of_lock(const std::string& path);

}  // namespace gilir
