// While it lives this process can open nothing more: files, watches and sockets are refused with EMFILE.
#pragma once

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <stdexcept>

namespace gilir {

class NoDescriptorsLeft {
 public:
  NoDescriptorsLeft() {
    const int lowest_free = open("/dev/null", O_RDONLY | O_CLOEXEC);
    close(lowest_free);
    getrlimit(RLIMIT_NOFILE, &before_);
    const rlimit none_left{static_cast<rlim_t>(lowest_free), before_.rlim_max};
    if (setrlimit(RLIMIT_NOFILE, &none_left) != 0) throw std::runtime_error("setrlimit failed");
  }
  NoDescriptorsLeft(const NoDescriptorsLeft&) = delete;
  NoDescriptorsLeft& operator=(const NoDescriptorsLeft&) = delete;
  ~NoDescriptorsLeft() { setrlimit(RLIMIT_NOFILE, &before_); }

 private:
  rlimit before_{};
};

}  // namespace gilir
