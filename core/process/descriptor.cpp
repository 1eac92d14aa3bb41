#include "core/process/descriptor.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "core/base/error.h"

namespace gilir {

void Descriptor::reset(int number) noexcept {
  if (number_ >= 0) ::close(number_);
  number_ = number;
}

void throw_system_error(std::string_view what, int error_number) {
  throw Error(ErrorCode::failed)
      .with("problem", std::string(what) + ": " + std::generic_category().message(error_number));
}

Pipe make_pipe() {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw_system_error("pipe", errno);
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

SocketPair make_socket_pair(int type) {
  int ends[2];
  if (::socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends) != 0) throw_system_error("socketpair", errno);
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

Descriptor duplicate_descriptor(int descriptor) {
  Descriptor copy(::fcntl(descriptor, F_DUPFD_CLOEXEC, 3));
  if (!copy) throw_system_error("duplicating a descriptor", errno);
  return copy;
}

void set_non_blocking(int descriptor, bool non_blocking) {
  const int flags = ::fcntl(descriptor, F_GETFL);
  if (flags < 0) throw_system_error("fcntl", errno);
  const int wanted = non_blocking ? flags | O_NONBLOCK : flags & ~O_NONBLOCK;
  if (wanted != flags && ::fcntl(descriptor, F_SETFL, wanted) != 0) throw_system_error("fcntl", errno);
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor, bytes.data(), bytes.size());
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN) {
      pollfd room{.fd = descriptor, .events = POLLOUT, .revents = 0};
      ::poll(&room, 1, -1);
    } else if (errno == EPIPE || errno == ECONNRESET) {
      return false;
    } else if (errno != EINTR) {
      throw_system_error("write", errno);
    }
  }
  return true;
}

void fill_standard_descriptors() noexcept {
  for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    // The lowest number that is free is the one that is opened.
    if (::fcntl(number, F_GETFD) < 0 && errno == EBADF)
      ::open("/dev/null", number == STDERR_FILENO ? O_WRONLY : O_RDONLY);
  }
}

}  // namespace gilir
