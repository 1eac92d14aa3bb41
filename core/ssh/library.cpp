#include "core/ssh/library.h"

#include <dlfcn.h>
#include <libssh/libssh.h>

namespace gilir {

SshLibrary ssh_library() {
  SshLibrary library;
  // "0.10.6/openssl/zlib"
  const std::string stated = ssh_version(0);
  library.version = stated.substr(0, stated.find('/'));
  Dl_info facts{};
  if (dladdr(reinterpret_cast<const void*>(&ssh_version), &facts) != 0 && facts.dli_fname != nullptr) {
    library.file = facts.dli_fname;
  }
  return library;
}

}  // namespace gilir
