// The libssh that this program has loaded.
#pragma once

#include <string>

namespace gilir {

struct SshLibrary {
  std::string version;  // "0.10.6"
  std::string file;     // "" when the loader does not say
};

SshLibrary ssh_library();

}  // namespace gilir
