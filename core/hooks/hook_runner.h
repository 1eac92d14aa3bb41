// The runner of a desk's hooks: a process of its own, started by HookStarter.
#pragma once

#include <string>
#include <vector>

namespace gilir {

// Delivers until the end of the log, unless another runner works already. `words` is the desk's directory.
// Never throws; what goes wrong stands in hooks/log. Returns the exit status: 0, 1 after an error, 2 for
// other words.
int hook_runner_main(const std::string& program, const std::vector<std::string>& words) noexcept;

}  // namespace gilir
