// libssh forgets a little memory in some of its own failures: of keys that are damaged, and (library_leaks.cpp) of keys
// that an agent offers. While one of these lives, the leak sanitizer does not count what its thread allocates.
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
