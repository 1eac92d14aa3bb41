// libssh forgets a little memory in some of its own failures: keys that are damaged, a server that hangs up while keys
// are offered. While one of these lives, the leak sanitizer does not count what its thread allocates.
#pragma once

#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/lsan_interface.h>
#endif

namespace gilir::test {

struct LibraryLeaks {
#if defined(__SANITIZE_ADDRESS__)
  LibraryLeaks() {
    __lsan_disable();
  }
  ~LibraryLeaks() {
    __lsan_enable();
  }
#else
  LibraryLeaks() {}
  ~LibraryLeaks() {}
#endif
  LibraryLeaks(const LibraryLeaks&) = delete;
  LibraryLeaks& operator=(const LibraryLeaks&) = delete;
};

}  // namespace gilir::test
