#include "tests/programs.h"

#include <glob.h>
#include <unistd.h>

#include <cstdlib>
#include <stdexcept>

namespace gilir::test {

namespace {

std::vector<std::string> matches(const std::string& pattern) {
  std::vector<std::string> paths;
  glob_t found{};
  if (::glob(pattern.c_str(), 0, nullptr, &found) == 0) paths.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
  ::globfree(&found);
  return paths;
}

std::string search_path() {
  const char* path = std::getenv("PATH");
  // For who runs a test by hand, the programs that were unpacked.
  return std::string(path == nullptr ? "/usr/bin" : path) + ":" GILIR_DEPS "/usr/bin:" GILIR_DEPS "/usr/sbin";
}

}  // namespace

std::string program(const std::string& name) {
  auto rest = search_path() + ":";
  for (auto colon = rest.find(':'); colon != std::string::npos; colon = rest.find(':')) {
    const auto path = rest.substr(0, colon) + "/" + name;
    if (::access(path.c_str(), X_OK) == 0) return path;
    rest.erase(0, colon + 1);
  }
  throw std::runtime_error("there is no program " + name +
                           " for tests: cmake/packages.bash names those that there are");
}

std::string package_file(const std::string& pattern) {
  for (const auto* root : {GILIR_DEPS "/", "/"}) {
    if (const auto found = matches(root + pattern); !found.empty()) return found.front();
  }
  throw std::runtime_error("there is no " + pattern + "; ./dev setup brings it");
}

std::vector<std::string> surroundings() {
  std::vector<std::string> environment{"PATH=" + search_path()};
  std::string libraries;
  for (const auto& folder : matches(GILIR_DEPS "/usr/lib/*-linux-gnu"))
    libraries += (libraries.empty() ? "" : ":") + folder;
  if (!libraries.empty()) environment.push_back("LD_LIBRARY_PATH=" + libraries);
  return environment;
}

}  // namespace gilir::test
