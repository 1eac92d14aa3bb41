// Where tests find what they start, in the system or in build/deps: the one place for C++ tests. tests/programs.py is
// the same for Python tests and spec scripts, and says where PATH comes from.
#pragma once

#include <string>
#include <vector>

namespace gilir::test {

// The path of a program on PATH. Throws std::runtime_error when there is none: a program that tests start is named in
// cmake/packages.bash.
std::string program(const std::string& name);

// The path of a file of some package, as usr/lib/*/libnss_wrapper.so, unpacked or installed. Throws likewise.
std::string package_file(const std::string& pattern);

// For SpawnOptions::environment: where a started program finds programs and libraries.
std::vector<std::string> surroundings();

}  // namespace gilir::test
