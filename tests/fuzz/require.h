// Ends a run, of libFuzzer or of a test, on bytes that break what a property promises.
#pragma once

#include <stdexcept>
#include <string>

namespace gilir {

// Clang 14 has the builtins and no std::source_location.
inline void require(bool holds, const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
  if (!holds) throw std::logic_error(std::string(file) + ":" + std::to_string(line) + " does not hold");
}

}  // namespace gilir
