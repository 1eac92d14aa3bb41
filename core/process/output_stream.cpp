#include "core/process/output_stream.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "core/process/boot_timer.h"

namespace gilir {

namespace {

// Not for files: a reopened one has a position of its own.
Descriptor reopened(int descriptor) {
  struct stat kind {};
  if (::fstat(descriptor, &kind) != 0) return {};
  if (!S_ISFIFO(kind.st_mode) && !(S_ISCHR(kind.st_mode) && ::isatty(descriptor) == 1)) return {};
  const auto path = "/proc/self/fd/" + std::to_string(descriptor);
  return Descriptor(::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
}

}  // namespace

OutputStream::OutputStream(int descriptor) : descriptor_(descriptor), own_(reopened(descriptor)) {
  struct stat kind {};
  is_terminal_ = ::isatty(descriptor) == 1;
  may_block_ = !own_ && !(::fstat(descriptor, &kind) == 0 && S_ISREG(kind.st_mode));
  if (own_) descriptor_ = own_.get();
}

void OutputStream::put(const char* bytes, std::size_t count) {
  if (problem_ != 0) return;
  if (is_empty()) {
    buffer_.clear();
    written_ = 0;
  }
  buffer_.append(bytes, count);
}

void OutputStream::write_some() {
  while (!is_empty() && problem_ == 0) {
    auto room = to_poll();
    if (may_block_ && ::poll(&room, 1, 0) != 1) return;
    // When poll(2) sees room, a pipe takes this much without waiting (pipe(7)).
    const auto most = may_block_ ? std::size_t{PIPE_BUF} : buffer_.size();
    const auto done = ::write(descriptor_, buffer_.data() + written_, std::min(buffer_.size() - written_, most));
    if (done > 0) {
      written_ += static_cast<std::size_t>(done);
    } else if (errno != EINTR) {
      // A closed standard output: what would go there is wanted by nobody, as with ssh.
      if (errno == EBADF) {
        written_ = buffer_.size();
        return;
      }
      if (errno != EAGAIN) problem_ = errno;
      if (problem_ != 0) written_ = buffer_.size();
      return;
    }
  }
}

void flush(std::span<OutputStream* const> streams, Milliseconds patience) {
  const auto until = boot_now() + patience;
  std::vector<pollfd> watched;
  while (true) {
    watched.clear();
    for (auto* stream : streams) {
      stream->write_some();
      if (!stream->is_empty()) watched.push_back(stream->to_poll());
    }
    const auto left = until - boot_now();
    if (watched.empty() || left <= Milliseconds{0}) return;
    ::poll(watched.data(), watched.size(), static_cast<int>(left.count()));
  }
}

pollfd OutputStream::to_poll() const {
  return {.fd = is_empty() ? -1 : descriptor_, .events = POLLOUT, .revents = 0};
}

}  // namespace gilir
