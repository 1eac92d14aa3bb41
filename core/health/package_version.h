// What other programs of the machine say: gilir-full about itself, dpkg about the package of a file.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/clock.h"

namespace gilir {

struct Answer {
  // As a shell reports it; none when it could not be started or did not end in time.
  std::optional<int> status;
  // At most 64 KiB of its standard output.
  std::string text;
};

// Runs a program without input; its errors go nowhere. Ends it after `limit`. Never throws.
Answer ask_program(const std::string& program, const std::vector<std::string>& arguments, Milliseconds limit);

// The version of the package that holds `file`, by dpkg; none when there is no dpkg or it does not know.
std::optional<std::string> package_version(const std::string& file);

}  // namespace gilir
